// Document: the open lesson and its undo history.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/tensor/shared.h"

namespace convscope::session {

// What undo goes back to: a version of a document, and the scene and layer that were on stage.
struct Snapshot {
  Shared<lesson::Lesson> lesson;
  Shared<lesson::Lesson> original;
  std::int64_t document = 0;
  std::int64_t scene = 0;
  std::int64_t layer = 0;
  // What was done between it and the session's document, or the next snapshot towards it: a word
  // below "undo." in the locale.
  std::string change = {};

  bool operator==(const Snapshot&) const = default;
};

// Opening another document is a step like an edit.
struct History {
  std::vector<Snapshot> past;
  std::vector<Snapshot> future;
  bool open = false;  // a drag is under way: its edits replace each other instead of piling up

  bool operator==(const History&) const = default;
};

struct Document {
  Shared<lesson::Lesson> lesson;    // as it stands
  Shared<lesson::Lesson> original;  // as it was opened
  std::int64_t number = 0;          // counts openings; no two that undo can reach share one
  Shared<History> history;

  bool operator==(const Document&) const = default;
};

}  // namespace convscope::session
