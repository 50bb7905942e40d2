// Actions that write a lesson: its texts, the order of its scenes, what belongs to it.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/session/session.h"

namespace convscope::session::action {

// Which of the texts that stand at no place.
enum class TitleOf { kLesson, kSummary, kScene };

// Both: an empty text takes the text of this language away. From then on the scene's numbers are
// those that its texts are about. `commit` as in edit.h: while somebody types.
struct SetTitle {
  TitleOf of = TitleOf::kScene;
  lesson::Language language = lesson::Language::kEnglish;
  std::string text;
  bool commit = true;
};
struct SetNarration {
  std::int64_t layer = 0;  // of the scene on stage
  std::int64_t at = -1;    // a position as the texts about this layer count them; -1: the start
  lesson::Language language = lesson::Language::kEnglish;
  std::string text;
  bool commit = true;
};

// A scene like the one on stage, as it looks now, behind it.
struct AddScene {
  bool texts = false;  // with its title and its texts
};
struct RemoveScene {
  std::int64_t scene = 0;
};
struct MoveScene {
  std::int64_t scene = 0;
  std::int64_t to = 0;  // its index afterwards
};

// Whether a template of questions, or an exercise, belongs to the lesson. A lesson with questions
// of its own asks no others.
enum class Attached { kQuestion, kExercise };
struct Attach {
  Attached what = Attached::kQuestion;
  std::string id;
  bool on = true;
};

using AuthorActions =
    std::variant<SetTitle, SetNarration, AddScene, RemoveScene, MoveScene, Attach>;

}  // namespace convscope::session::action
