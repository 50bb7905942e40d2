#include "core/session/edit/history.h"

#include <cstddef>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/lesson/scene_tensors.h"

namespace convscope::session {
namespace {

constexpr std::size_t kMostSteps = 500;
constexpr std::size_t kMostBytes = std::size_t{256} << 20;

// Adds up memory, counting what is shared once.
class Weigher {
 public:
  // Bytes of the snapshot that were not counted before.
  std::size_t operator()(const Snapshot& snapshot) {
    return of(*snapshot.lesson) + of(*snapshot.original);
  }

 private:
  bool is_new(const void* part) { return met_.insert(part).second; }

  std::size_t of(const lesson::TensorRef& ref) {
    std::size_t bytes = is_new(ref.base.data()) ? ref.base.values().size_bytes() : 0;
    for (const lesson::Edits::Row& row : ref.edits.rows()) {
      bytes += sizeof(row);
      bytes += is_new(row.cells.get()) ? row.cells->size() * sizeof(lesson::Edits::Cell) : 0;
    }
    return bytes;
  }

  std::size_t of(const lesson::Scene& scene) {
    std::size_t bytes = sizeof(scene) + scene.layers.size() * sizeof(lesson::Layer);
    lesson::visit_tensors(scene, [&](const lesson::TensorRef& ref) { bytes += of(ref); });
    return bytes;
  }

  std::size_t of(const lesson::Lesson& lesson) {
    std::size_t bytes = 0;
    if (is_new(&lesson)) {
      for (const Shared<lesson::Scene>& scene : lesson.scenes) {
        bytes += is_new(&*scene) ? of(*scene) : 0;
      }
    }
    return bytes;
  }

  std::unordered_set<const void*> met_;
};

// Forgets the oldest steps; the newest stays however large it is.
void trim(std::vector<Snapshot>& past, const Snapshot& now) {
  Weigher weigh;
  weigh(now);
  std::size_t bytes = 0;
  std::size_t kept = 0;
  while (kept < past.size() && kept < kMostSteps) {
    bytes += weigh(past[past.size() - 1 - kept]);
    if (kept > 0 && bytes > kMostBytes) {
      break;
    }
    ++kept;
  }
  past.erase(past.begin(), past.end() - static_cast<std::ptrdiff_t>(kept));
}

// `open`: whether further edits belong to this step.
void push(Document& document, Snapshot before, bool open) {
  document.history.change([&](History& history) {
    history.past.push_back(std::move(before));
    history.future.clear();
    history.open = open;
    trim(history.past, {document.lesson, document.original});
  });
}

bool step(Document& document, Snapshot& now, std::vector<Snapshot> History::* from,
          std::vector<Snapshot> History::* to) {
  close_drag(document);
  if (((*document.history).*from).empty()) {
    return false;
  }
  document.history.change([&](History& history) {
    now.change = (history.*from).back().change;
    (history.*to).push_back(std::exchange(now, std::move((history.*from).back())));
    (history.*from).pop_back();
  });
  return true;
}

}  // namespace

Snapshot snapshot_of(const Session& session) {
  return {session.document.lesson, session.document.original, session.document.number,
          session.look.scene, session.look.layer};
}

void record_change(Document& document, Snapshot before, bool commit) {
  if (!document.history->open) {
    push(document, std::move(before), !commit);
  } else if (commit) {
    close_drag(document);
  }
}

void record_opening(Document& document, Snapshot before) {
  push(document, std::move(before), false);
}

void name_change(Document& document, const std::string& change) {
  if (!document.history->past.empty() && document.history->past.back().change.empty()) {
    document.history.change([&](History& history) { history.past.back().change = change; });
  }
}

void close_drag(Document& document) {
  if (!document.history->open) {
    return;
  }
  document.history.change([&](History& history) {
    if (!history.past.empty() && history.past.back().lesson == document.lesson) {
      history.past.pop_back();
    }
    history.open = false;
  });
}

bool undo_change(Document& document, Snapshot& now) {
  return step(document, now, &History::past, &History::future);
}

bool redo_change(Document& document, Snapshot& now) {
  return step(document, now, &History::future, &History::past);
}

}  // namespace convscope::session
