from importlib import resources

import pytest

from firsthand.attribution.tagger import Tagger


@pytest.fixture(scope="session")
def tagger():
    return Tagger.load()


@pytest.fixture(scope="session")
def tokenizer():
    from tokenizers import Tokenizer

    content = (resources.files("firsthand.attribution") / "model" / "tokenizer.json").read_bytes()
    return Tokenizer.from_buffer(content)
