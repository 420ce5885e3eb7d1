"""What only people can judge of a scene that may be staged, and may as well be real: questions, with where to look.

They follow what the handbooks of verification ask of footage: who, where, when, why, how it came here, and whether what
is in it holds together. They suggest no answer. An answer is a Judgement: a person's, dated, in words of their own or
one of ANSWERS.
"""

from __future__ import annotations

from firsthand.model import Question

ANSWERS = ("fits", "does not fit", "cannot tell", "not looked at")
"""What an answer begins with; "not looked at" is where every question begins, and says nothing of the scene."""

QUESTIONS = (
    Question(
        "first-appearance",
        "Where did this footage first appear, and when?",
        "The earliest upload that can be found, its account and its time; what else that account has shown; whether "
        "the words that came with it spoke of the event before others did.",
    ),
    Question(
        "who-filmed",
        "Who filmed it, from where, and can that person be asked?",
        "The height and place of the camera, reflections, a voice behind it, other cameras that can be seen; whether "
        "somebody else filmed the same moment from another side.",
    ),
    Question(
        "why-there",
        "Why was a camera there, and running, before it happened?",
        "How long it runs before the event; whether it points there already; whether it is fixed, on a car, on a "
        "helmet, in a hand; what would explain that.",
    ),
    Question(
        "decisive-moment",
        "Is the decisive moment shown without a cut?",
        "Cuts, a camera that turns away, blur, a fall, a black frame or another quality just then; whether the sound "
        "goes on across the cut.",
    ),
    Question(
        "place",
        "Does what can be seen fit the place that is told?",
        "Buildings, signs, road marks, poles, plants and hills against maps and pictures of that place of the same "
        "year; what should be seen from there and is not.",
    ),
    Question(
        "light",
        "Do the light and the shadows fit the place, the day and the hour that are told?",
        "The direction and length of shadows against the sun of that hour; lamps that burn; whether shadows agree with "
        "one another.",
    ),
    Question(
        "weather",
        "Do the weather and the season fit the place and the day that are told?",
        "Snow, rain, wet ground, wind in trees and smoke, leaves, clothing, against the records of weather and other "
        "footage of that day.",
    ),
    Question(
        "damage",
        "Does the damage fit the cause that is told?",
        "From which side the energy came; craters, holes and their shape; which windows broke and which did not; "
        "whether metal is bent inward or outward, burnt before or after; rust on what should be fresh.",
    ),
    Question(
        "dust",
        "Do dust, debris, smoke and fire fit the blast that is told?",
        "Dust on everything around or on some things only; debris under and above what lies there; the smoke, its "
        "colour, how it grew; ground that is clean where it should not be.",
    ),
    Question(
        "wounds",
        "Do the wounds and the blood fit what is told, and the time since?",
        "Whether clothes are torn where the body is hurt; the colour of blood and where it ran; help given, and how; "
        "a physician's eye is worth more than anyone's here.",
    ),
    Question(
        "bodies",
        "Do the dead, if any are shown, fit the time and the cause that are told?",
        "How they lie, what lies under and over them, whether they moved between pictures, signs of an earlier death "
        "or of an earlier examination; to be asked of a forensic physician.",
    ),
    Question(
        "vehicles",
        "Do the vehicles and their plates fit the place, the owner and the event that are told?",
        "Plates against the country and the region, their type and wear, plates that differ front and rear; the model, "
        "missing engine, seats or wheels; tracks of being towed to where it stands.",
    ),
    Question(
        "uniforms",
        "Do uniforms, insignia and equipment fit the unit that is told?",
        "Patterns, badges, armbands, boots and weapons against other pictures of that unit at that time; mixtures; "
        "what anyone could buy.",
    ),
    Question(
        "sound",
        "Does the sound fit the scene and its distance?",
        "The time between a flash and its bang (three seconds for a kilometre); echoes that fit the place; explosions "
        "that sound alike each time; sound that is missing where something moves.",
    ),
    Question(
        "voices",
        "Do the languages, accents and words fit the people who are said to speak?",
        "Somebody who speaks it as a first language should listen: accent, swearing, radio habits, call signs; whether "
        "lips and words agree; words that explain what nobody there would need explained.",
    ),
    Question(
        "bystanders",
        "Do the people around behave as people do in such a moment?",
        "Whether they flinch, look, run, help or film; whether traffic stops; whether anyone looks to the camera as if "
        "for a sign. People in shock do odd things: that alone decides nothing.",
    ),
    Question(
        "traces-since",
        "Has the event left other traces where it should have?",
        "Reports of neighbours, hospitals, fire brigades, satellite and fire-detection pictures, earthquake stations, "
        "outages; the place itself, seen later.",
    ),
)
"""In the order of the report: how the footage came, where and when, what is in it, what is around it. Keys are kept in
libraries: a question may be worded better, its key stays."""
