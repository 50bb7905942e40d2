// Documents: the file and the saved version of every document that undo can reach.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "app/files/autosave_file.h"
#include "core/session/session.h"

namespace convscope::window {

class Documents {
 public:
  // The session's document has just been opened. Forgets documents that undo can no longer reach.
  void opened(const session::Session& session, files::Origin origin);
  // The same, with work that is in no file of the user's.
  void recovered(const session::Session& session, files::Origin origin);
  void saved(const session::Session& session, const std::string& path);
  // Another program has changed the file, and the user wants to go on with what is here.
  void keep_mine(const session::Session& session);

  // The lesson file that the session's document was opened from or saved to, and what it was like.
  const files::Origin& origin(const session::Session& session) const;
  // Whether it differs from what was opened or last saved.
  bool unsaved(const session::Session& session) const;
  // Whether another program has changed the file since; `untold`: and the user has not yet said
  // what to do about it.
  bool changed_on_disk(const session::Session& session) const;
  bool untold_change(const session::Session& session) const;

 private:
  struct Facts {
    files::Origin origin;
    std::optional<Shared<lesson::Lesson>> saved;
    std::optional<files::FileStamp> kept_against;  // theirs, when mine was kept
  };
  Facts& renewed(const session::Session& session);

  std::map<std::int64_t, Facts> facts_;  // by the document's number
};

}  // namespace convscope::window
