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
// Keeps a cell lit, or none any more.
struct Pin {
  std::optional<Target> target;
};
struct Compare {
  Comparison with = Comparison::kNone;
};
// While a key is held: what is compared with (without a comparison the lesson's own numbers).
struct Flip {
  bool on = false;
};
// Between a picture and its map, as a share of its width; or only the picture.
struct SetSplit {
  std::optional<double> split;
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
                 Select, Pin, Compare, Flip, SetSplit, SetScene, SetLayer, SetTheme, SetLanguage>;

}  // namespace convscope::session::action
