// Sessions for the tests of the store.
#pragma once

#include <string>

#include "app/files/lesson_file.h"
#include "core/session/session.h"

namespace convscope::window {

inline session::Session session_on(const std::string& what) {
  return session::open_session(files::open_lesson(what), session::Theme::kDark,
                               lesson::Language::kEnglish);
}

}  // namespace convscope::window
