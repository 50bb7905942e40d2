#include "core/session/history.h"

#include <cstddef>
#include <unordered_set>
#include <utility>

#include "core/lesson/scene_tensors.h"

namespace convscope::session {
namespace {

constexpr std::size_t kMostSteps = 500;
constexpr std::size_t kMostBytes = std::size_t{256} << 20;
constexpr std::size_t kBytesPerEdit = 80;  // a node of std::map with its Index and value

// Bytes that a snapshot holds on its own: storage met for the first time, and its edits.
std::size_t own_bytes(const lesson::Lesson& lesson, std::unordered_set<const float*>& met) {
  std::size_t bytes = 0;
  const auto add = [&](const lesson::TensorRef& ref) {
    bytes += ref.edits.size() * kBytesPerEdit;
    if (met.insert(ref.base.data()).second) {
      bytes += ref.base.values().size_bytes();
    }
  };
  for (const lesson::Scene& scene : lesson.scenes) {
    lesson::visit_tensors(scene, add);
  }
  return bytes;
}

// Forgets the oldest steps; the newest stays however large it is.
void trim(History& history, const lesson::Lesson& now) {
  std::unordered_set<const float*> met;
  own_bytes(now, met);
  std::size_t bytes = 0;
  std::size_t kept = 0;
  while (kept < history.past.size() && kept < kMostSteps) {
    bytes += own_bytes(history.past[history.past.size() - 1 - kept].lesson, met);
    if (kept > 0 && bytes > kMostBytes) {
      break;
    }
    ++kept;
  }
  history.past.erase(history.past.begin(), history.past.end() - static_cast<std::ptrdiff_t>(kept));
}

void push(History& history, Snapshot before, const lesson::Lesson& now) {
  history.past.push_back(std::move(before));
  history.future.clear();
  trim(history, now);
}

bool step(std::vector<Snapshot>& from, std::vector<Snapshot>& to, Snapshot& now) {
  if (from.empty()) {
    return false;
  }
  now.change = from.back().change;
  to.push_back(std::exchange(now, std::move(from.back())));
  from.pop_back();
  return true;
}

}  // namespace

Snapshot snapshot_of(const Session& session) {
  return {session.document.lesson, session.document.original, session.document.number,
          session.look.scene, session.look.layer};
}

void record_change(History& history, Snapshot before, const lesson::Lesson& now, bool commit) {
  if (!history.open) {
    push(history, std::move(before), now);
  }
  history.open = true;
  if (commit) {
    close_drag(history, now);
  }
}

void record_opening(History& history, Snapshot before, const lesson::Lesson& now) {
  close_drag(history, before.lesson);
  push(history, std::move(before), now);
}

void name_change(History& history, const std::string& change) {
  if (!history.past.empty() && history.past.back().change.empty()) {
    history.past.back().change = change;
  }
}

void close_drag(History& history, const lesson::Lesson& now) {
  if (history.open && !history.past.empty() &&
      lesson::same_document(history.past.back().lesson, now)) {
    history.past.pop_back();
  }
  history.open = false;
}

bool undo_change(History& history, Snapshot& now) {
  close_drag(history, now.lesson);
  return step(history.past, history.future, now);
}

bool redo_change(History& history, Snapshot& now) {
  close_drag(history, now.lesson);
  return step(history.future, history.past, now);
}

}  // namespace convscope::session
