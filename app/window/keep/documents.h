// Documents: the file and the saved version of every document that undo can reach.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "app/files/user/autosave_file.h"
#include "core/session/document.h"

namespace convscope::window {

class Documents {
 public:
  // The document has just been opened. Forgets documents that undo can no longer reach.
  void opened(const session::Document& document, files::Origin origin);
  // The same, with work that is in no file of the user's.
  void recovered(const session::Document& document, files::Origin origin);
  void saved(const session::Document& document, const std::string& path);
  // What it reads has been read again; nothing of it is the user's.
  void refreshed(const session::Document& document);
  // Another program has changed the file, and the user wants to go on with what is here.
  void keep_mine(const session::Document& document);

  // The lesson file that the document was opened from or saved to, and what it was like.
  const files::Origin& origin(const session::Document& document) const;
  // Whether it differs from what was opened or last saved.
  bool unsaved(const session::Document& document) const;
  // Whether another program has changed the file since; `untold`: and the user has not yet said
  // what to do about it.
  bool changed_on_disk(const session::Document& document) const;
  bool untold_change(const session::Document& document) const;

 private:
  struct Facts {
    files::Origin origin;
    std::optional<Shared<lesson::Lesson>> saved;
    std::optional<files::FileStamp> kept_against;  // theirs, when mine was kept
  };
  Facts& renewed(const session::Document& document);

  std::map<std::int64_t, Facts> facts_;  // by the document's number
};

}  // namespace convscope::window
