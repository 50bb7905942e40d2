// A quiz for scripts:
//
// {"format": 1, "seed": S, "questions": [{"template": "4a", "concept": 4, "lesson": "stride",
//   "scene": a whole lesson of one scene, "filter": 0, "position": [y, x],
//   "values": {"i": 15, ...}, "text": {"en": ..., "ru": ...},
//   "options": [{"value": 6, "right": true}, {"value": 7, "code": "CEIL"}, ...]}]}
//
// An option in words also has a "text" in both languages. A question with a typed answer has
// "typed": true, and as options the right answer and the remaining wrong one, if any.
#pragma once

#include <string>

#include "core/quiz/question/question_text.h"
#include "core/quiz/quiz.h"

namespace convscope::quiz {

std::string quiz_json(const Quiz& quiz, const Locales& locales);

}  // namespace convscope::quiz
