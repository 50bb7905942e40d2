// Documents: the file and the saved version of every document that undo can reach.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/session/session.h"

namespace convscope::window {

class Documents {
 public:
  // The session's document has just been opened. Forgets documents that undo can no longer reach.
  void opened(const session::Session& session, std::optional<std::string> path);
  void saved(const session::Session& session, const std::string& path);

  // The lesson file that the session's document was opened from or saved to.
  const std::optional<std::string>& path(const session::Session& session) const;
  // Whether it differs from what was opened or last saved.
  bool unsaved(const session::Session& session) const;

 private:
  struct Facts {
    std::optional<std::string> path;
    Shared<lesson::Lesson> saved;
  };
  std::map<std::int64_t, Facts> facts_;  // by the document's number
};

}  // namespace convscope::window
