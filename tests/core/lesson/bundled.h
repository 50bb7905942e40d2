// The bundled lessons in a session.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/session/session.h"
#include "core/session/update.h"
#include "tests/support/bundled_files.h"

namespace convscope::testing {

inline session::Session opened(const std::string& id) {
  return session::open_session(bundled(id), session::Theme::kDark, lesson::Language::kEnglish);
}

template <typename... Steps>
session::Session after(session::Session session, const Steps&... steps) {
  ((session = session::update(std::move(session), steps)), ...);
  return session;
}

inline std::int64_t position_of(const session::Session& session) {
  return session::beat_at(session::timeline_of(session), session.clock.frame).position;
}

inline std::string told(const session::Session& session) {
  return session::narration_of(session).in(lesson::Language::kEnglish);
}

inline std::vector<float> values_of(const Tensor& tensor) {
  return {tensor.values().begin(), tensor.values().end()};
}

}  // namespace convscope::testing
