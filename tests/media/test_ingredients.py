from __future__ import annotations

import pytest

from firsthand.media import ingredients, xmp
from firsthand.model.media import Ingredient
from tests.media import boxing


def of(packet: bytes) -> tuple[Ingredient, ...]:
    return ingredients.of(list(xmp.fields(packet)))


@pytest.mark.parametrize(
    ("path", "name", "folder"),
    [
        (r"C:\Users\ops\a b.mp4", "a b.mp4", "C:\\Users\\ops\\"),
        ("C:/Users/ops/a.mp4", "a.mp4", "C:/Users/ops/"),
        (r"\\?\D:\work\x.prproj", "x.prproj", "D:\\work\\"),
        (r"\\server\share\a.mp4", "a.mp4", r"\\server\share" + "\\"),
        ("/Volumes/Work/a.mov", "a.mov", "/Volumes/Work/"),
        (r"/Volumes/odd\name.mov", r"odd\name.mov", "/Volumes/"),
        ("file:///C:/x/a%20b.mp4", "a b.mp4", "/C:/x/"),
        ("https://video.example/watch/a.mp4", "a.mp4", "https://video.example/watch/"),
        (r"clips\a.mp4", "a.mp4", "clips\\"),
        ("a.mp4", "a.mp4", None),
        ("", "", None),
    ],
)
def test_names_and_folders(path: str, name: str, folder: str | None) -> None:
    assert ingredients.split_path(path) == (name, folder)


def test_a_clip_has_the_date_that_the_pantry_keeps_of_it() -> None:
    clip = next(one for one in of(boxing.saboteurs()) if one.kind == "clip")
    assert clip.name == "Live fire at Vellmark 2010.mp4"
    assert clip.folder == "C:\\Users\\ops\\footage\\"
    assert clip.at == "2010-04-07T09:00:00+00:00"
    assert clip.where == "XMP xmpMM:Ingredients[1]"


def test_steps_are_those_of_the_file_itself() -> None:
    steps = [one for one in of(boxing.saboteurs()) if one.kind == "step" and one.action != ingredients.PROJECT]
    assert [(step.action, step.at) for step in steps] == [
        ("created", "2022-02-08T11:02:14+03:00"),
        ("saved (/)", "2022-02-08T11:12:14+03:00"),
    ]


def test_the_project_of_the_editing_program() -> None:
    project = next(one for one in of(boxing.saboteurs()) if one.action == ingredients.PROJECT)
    assert (project.name, project.folder) == ("saboteurs.prproj", "D:\\work\\")


def test_projects_on_a_mac_and_of_other_programs() -> None:
    inside = '<creatorAtom:macAtom creatorAtom:posixProjectPath="/Users/ana/p.prproj"/>'
    inside += (
        '<creatorAtom:aeProjectLink creatorAtom:fullPath="/C/work/q.aep"/><xmpDM:projectRef xmpDM:path="/p/r.prproj"/>'
    )
    assert [one.name for one in of(boxing.described(inside=inside))] == ["p.prproj", "q.aep", "r.prproj"]


def test_what_a_file_is_derived_from() -> None:
    inside = '<xmpMM:DerivedFrom stRef:filePath="/a/b.mov" stRef:documentID="d"/>'
    assert [(one.name, one.folder) for one in of(boxing.described(inside=inside))] == [("b.mov", "/a/")]


def test_a_reference_without_name_and_date_is_none() -> None:
    inside = '<xmpMM:DerivedFrom stRef:documentID="xmp.did:1"/>'
    assert of(boxing.described(inside=inside)) == ()


def test_a_clip_that_is_named_twice_stands_once_with_its_date() -> None:
    rows = (
        '<rdf:li stRef:filePath="/a/b.mov"/>',
        '<rdf:li stRef:filePath="/a/b.mov" stRef:lastModifyDate="2020-01-01"/>',
    )
    inside = f"<xmpMM:Ingredients><rdf:Bag>{''.join(rows)}</rdf:Bag></xmpMM:Ingredients>"
    assert [(one.name, one.at) for one in of(boxing.described(inside=inside))] == [("b.mov", "2020-01-01")]


def test_a_clip_that_only_the_pantry_names() -> None:
    row = '<rdf:li><rdf:Description xmp:CreateDate="2010-04-07" xmpMM:PreservedFileName="old.mp4"/></rdf:li>'
    found = of(boxing.described(inside=f"<xmpMM:Pantry><rdf:Bag>{row}</rdf:Bag></xmpMM:Pantry>"))
    assert [(one.kind, one.name, one.at) for one in found] == [("clip", "old.mp4", "2010-04-07")]
