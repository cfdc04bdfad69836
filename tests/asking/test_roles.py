"""Who did what to whom, when, where, why and how: the roles of a fact, asked in many shapes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Answer

DOERS = [
    ("bridge", "Who closed the Harbour Bridge?", "lindqvist"),
    ("bridge", "Who found cracks in the cables?", "engineers"),
    ("bridge", "Who criticised the mayor?", "vale"),
    ("bridge", "Who rejected the criticism?", "lindqvist"),
    ("bridge", "By whom was the mayor criticised?", "vale"),
    ("bridge", "The mayor was criticised by who?", "vale"),
    ("bridge", "Who will meet on Thursday?", "council"),
    ("bridge", "What will replace the buses?", "ferries"),
    ("moon", "Who discovered the moon?", "astronomers"),
    ("moon", "Who discovered Orvella?", "whitlock"),
    ("moon", "Who led the study?", "castellan"),
    ("moon", "Who noticed the shadow first?", "abara"),
    ("moon", "Which astronomer discovered Orvella?", "whitlock"),
    ("striker", "Who broke his leg?", "prado"),
    ("striker", "Who beat Eastgate?", "rovers"),
    ("striker", "Who scored 19 goals?", "venn"),
    ("striker", "Which player watched the match from the stands?", "prado"),
    ("banker", "Who was sentenced to seven years?", "reuel; -ilse"),
    ("banker", "Who was acquitted?", "ilse|wife"),
    ("banker", "Who arrested Reuel?", "police"),
    ("banker", "Who demanded ten years?", "iyer"),
    ("banker", "Who uncovered the fraud?", "assistant"),
    ("banker", "Who copied the files at night?", "assistant"),
    ("gulf", "Who telephoned Bao Tran?", "moreau"),
    ("gulf", "Who seized the trawlers?", "guards"),
    ("gulf", "Who burned flags?", "demonstrators"),
    ("flood", "Who rescued five children?", "karam"),
    ("flood", "Who drowned?", "adil|brother"),
    ("flood", "Who visited the valley?", "haddad"),
    ("flood", "What destroyed the school?", "flood"),
    ("flood", "Who sent blankets to Belden?", "red cross"),
    ("flood", "Who accused the government of neglect?", "residents"),
]
UNDERGOERS = [
    ("bridge", "What did Lindqvist close?", "bridge"),
    ("bridge", "What was closed on Monday?", "bridge"),
    ("bridge", "What did engineers find?", "cracks"),
    ("bridge", "Who did Vale criticise?", "mayor|lindqvist"),
    ("bridge", "What did Okafor blame the damage on?", "salt water"),
    ("bridge", "Who did Lindqvist thank?", "fire brigade; police; port authority"),
    ("bridge", "What will the ferries replace?", "buses"),
    ("moon", "What did Castellan lead?", "study"),
    ("moon", "What did Piet Abara notice?", "shadow"),
    ("moon", "What does Pell circle?", "orvella"),
    ("moon", "What will the probe carry?", "cameras"),
    ("striker", "Which club has Dario Venn joined?", "rovers; -eastgate"),
    ("striker", "Which bone did Prado break?", "leg"),
    ("striker", "What did Holm praise?", "speed"),
    ("striker", "What will Eastgate spend the money on?", "new stand"),
    ("banker", "What did Reuel buy with the money?", "yacht; paintings; vineyard"),
    ("banker", "What did the assistant copy?", "files"),
    ("banker", "What did Reuel deny?", "charges"),
    ("gulf", "Who did Moreau telephone?", "tran"),
    ("gulf", "What did coast guards seize?", "trawlers"),
    ("gulf", "What was seized on 3 April?", "trawlers"),
    ("gulf", "What did demonstrators burn?", "flags"),
    ("gulf", "What does Voss's country regret?", "seizure"),
    ("flood", "What did the flood destroy?", "school; mosque; 60 houses"),
    ("flood", "Who did Karam rescue?", "five children"),
    ("flood", "What did the Red Cross send to Belden?", "blankets; tents; water"),
    ("flood", "What did residents accuse the government of?", "neglect"),
]
OTHER_PARTIES = [
    ("striker", "Who did Venn tell that he turned down two bigger clubs?", "echo"),
    ("striker", "From which club did Venn move?", "eastgate"),
    ("striker", "Which club did Venn join Rovers from?", "eastgate"),
    ("gulf", "Who did Steen speak to?", "voss"),
    ("gulf", "What did Steen speak to Voss about?", "crew"),
    ("gulf", "What did Moreau and Tran discuss?", "fishing rights"),
    ("gulf", "Who did Moreau receive a call from?", "ferrante"),
    ("flood", "What did Haddad promise every family?", "5,000 dinars"),
    ("flood", "Who did Haddad promise 5,000 dinars?", "famil"),
    ("flood", "Where did the Red Cross send blankets?", "belden"),
    ("banker", "From whom did Reuel steal 3 million euros?", "elderly clients"),
]
TIMES = [
    ("bridge", "When did Lindqvist close the bridge?", "monday"),
    ("bridge", "When was the bridge built?", "1962"),
    ("bridge", "When will the bridge reopen?", "july"),
    ("bridge", "What day will the council meet?", "thursday"),
    ("bridge", "In which month was the mayor warned?", "march"),
    ("moon", "When was Orvella discovered?", "1998"),
    ("moon", "In what year will the probe be sent to Orvella?", "2031"),
    ("striker", "When did Prado break his leg?", "october"),
    ("striker", "When did Rovers beat Eastgate?", "saturday"),
    ("banker", "When was Reuel arrested?", "may 2021"),
    ("gulf", "When were the trawlers seized?", "3 april"),
    ("gulf", "When did Moreau telephone Tran?", "sunday"),
    ("flood", "When did Haddad visit the valley?", "friday"),
    ("flood", "Until when is rain expected to continue?", "sunday"),
]
PLACES = [
    ("moon", "Where is the Halden telescope?", "chile"),
    ("moon", "Where does Castellan work?", "brenford"),
    ("striker", "Where did Rovers beat Eastgate?", "priory park"),
    ("striker", "Where did Prado watch the match from?", "stands"),
    ("banker", "Where was Reuel arrested?", "airport"),
    ("gulf", "Where will the two leaders meet?", "lisbon"),
    ("gulf", "Where are the sailors being held?", "prison"),
    ("gulf", "Where were the protests?", "embassy"),
    ("flood", "Where did thousands of people sleep?", "tents"),
    ("flood", "In which village did the flood destroy 60 houses?", "belden"),
    ("flood", "Which river burst its banks?", "tamsin"),
]
REASONS = [
    ("bridge", "Why did the mayor close the bridge?", "cracks"),
    ("bridge", "Why did Vale criticise the mayor?", "ignoring a warning"),
    ("bridge", "Why will the council meet?", "tunnel"),
    ("moon", "Why was the moon found?", "shadow"),
    ("striker", "Why did Venn not play?", "visa"),
    ("striker", "Why didn't Venn play on Saturday?", "visa"),
    ("striker", "Why did Venn turn down two bigger clubs?", "called me|greta called"),
    ("banker", "Why was Reuel sentenced?", "stealing"),
    ("banker", "What was Reuel sentenced for?", "stealing"),
    ("gulf", "Why did Moreau telephone Tran?", "fishing rights"),
    ("gulf", "Why did the police use tear gas?", "disperse"),
    ("flood", "Why did thousands of people sleep in tents?", "homes were under water"),
]
MANNERS = [
    ("moon", "How was the moon found?", "telescope|shadow"),
    ("flood", "How did Karam rescue the children?", "tractor"),
    ("flood", "What did Karam rescue the children with?", "tractor"),
    ("gulf", "How did the police disperse the crowd?", "tear gas"),
    ("gulf", "What did the police use to disperse the crowd?", "tear gas"),
    ("banker", "What did Reuel use to buy a yacht?", "money"),
]
SHAPES = [
    ("bridge", "any idea who closed the harbour bridge?", "lindqvist"),
    ("bridge", "tell me who criticised the mayor", "vale"),
    ("bridge", "do you know why the bridge was closed", "cracks"),
    ("bridge", "Who was it that found the cracks?", "engineers"),
    ("bridge", "which politician was it who criticised the mayor", "vale"),
    ("banker", "I was wondering when Reuel was arrested", "may 2021"),
    ("banker", "can you tell me what reuel bought", "yacht"),
    ("gulf", "list everything demonstrators burned", "flags"),
    ("flood", "name the minister who visited the valley", "haddad"),
    ("flood", "the flood destroyed what?", "school"),
    ("moon", "the study was led by whom?", "castellan"),
    ("moon", "orvella was discovered by who", "whitlock"),
]


@pytest.mark.parametrize(("article", "question", "needles"), DOERS)
def test_the_doer_is_told(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), UNDERGOERS)
def test_who_or_what_it_was_done_to_is_told(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), OTHER_PARTIES)
def test_the_other_party_is_told(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), TIMES)
def test_the_time_is_told(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), PLACES)
def test_the_place_is_told(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), REASONS)
def test_the_reason_is_told(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), MANNERS)
def test_the_means_are_told(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), SHAPES)
def test_the_shape_of_the_question_does_not_matter(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)
