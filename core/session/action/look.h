// Actions that change what the stage shows, and what is pointed at.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "core/session/session.h"

namespace convscope::session::action {

struct SetView {
  lesson::View view = lesson::View::kFlat;
};
struct SetSecondView {
  std::optional<lesson::View> view;
};
struct SetCodeStrip {
  lesson::CodeStrip code = lesson::CodeStrip::kNone;
};
struct SetTransposedAs {
  lesson::TransposedAs as = lesson::TransposedAs::kZeroInsert;
};
struct SetOrbit {
  Orbit orbit;
};
struct SetCamera {
  Camera camera;
};
struct Hover {
  std::optional<Target> target;
};
struct Select {
  std::optional<Target> target;
};
struct SetScene {
  std::int64_t scene = 0;
};
struct SetLayer {
  std::int64_t layer = 0;  // of the scene: which one the stage shows
};
struct SetTheme {
  Theme theme = Theme::kDark;
};
struct SetLanguage {
  lesson::Language language = lesson::Language::kEnglish;
};

using LookActions =
    std::variant<SetView, SetSecondView, SetCodeStrip, SetTransposedAs, SetOrbit, SetCamera, Hover,
                 Select, SetScene, SetLayer, SetTheme, SetLanguage>;

}  // namespace convscope::session::action
