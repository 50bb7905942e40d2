// What a scene looks like on paper: a few pictures of it, each with the texts that go with it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/lesson/locale.h"
#include "core/picture/compose.h"
#include "core/session/session.h"

namespace convscope::handout {

inline constexpr std::size_t kMostPictures = 8;  // of a scene

struct KeyStep {
  picture::Picture picture;
  std::vector<std::string> texts;
};

// How the pages are drawn: black on white, whatever the session's theme.
inline constexpr session::Theme kPaperTheme = session::Theme::kProjector;
inline constexpr picture::Viewport kPaper = {960, 384, 0.7F};

// The lesson as its pictures need it: the texts, which the page prints below them, are empty.
lesson::Lesson without_texts(const lesson::Lesson& lesson);

// A picture for each place of the scene that has a text and looks different from the place before
// it, at most kMostPictures; a text whose picture is left out stands with the next one.
// `wordless`: a session on without_texts(lesson), with this scene on stage. A scene without texts
// has one picture, of its end.
std::vector<KeyStep> key_steps(session::Session wordless, const lesson::Scene& told,
                               const lesson::Locale& locale, const picture::TextMetrics& metrics);

}  // namespace convscope::handout
