#include "app/panels/stage/hint_place.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <variant>

#include "core/picture/display/text_metrics.h"

namespace convscope::panels {
namespace {

using picture::Rect;

// Places along a side of the anchor, as parts of the way from one end to the other: the middle
// first.
constexpr std::array<float, 9> kAlongSide = {0.5F,   0.25F,  0.75F,  0.0F,  1.0F,
                                             0.125F, 0.375F, 0.625F, 0.875F};

// Farther away it is tried at so many places each way, not among the title and its tools.
constexpr int kAcross = 24;
constexpr int kDown = 16;
constexpr float kTitleShare = 0.15F;

constexpr float kWordsWeigh = 4;  // hidden words cost more than hidden cells

float common_area(const Rect& a, const Rect& b) {
  const Rect common = picture::intersection(a, b);
  return common.w * common.h;
}

// Near enough without the font: a character is half as wide as it is high.
Rect words_area(const picture::Text& text) {
  const std::size_t characters = picture::decode_utf8(text.text).size();
  const float width = static_cast<float>(characters) * text.size * 0.5F;
  const float left = text.align == picture::Align::kLeft     ? text.at.x
                     : text.align == picture::Align::kCenter ? text.at.x - width / 2
                                                             : text.at.x - width;
  return {left, text.at.y - text.size, width, text.size * 1.3F};
}

float hidden_by(const Rect& note, const picture::Picture& stage) {
  float hidden = 0;
  for (const picture::Record& record : stage.records) {
    if (const auto* text = std::get_if<picture::Text>(&record)) {
      hidden += kWordsWeigh * common_area(note, words_area(*text));
    } else if (const auto* grid = std::get_if<picture::TensorGrid>(&record)) {
      hidden += common_area(note, grid->rect);
    } else if (const auto* box = std::get_if<picture::Box>(&record); box && box->target) {
      hidden += common_area(note, box->rect);
    }
  }
  return hidden;
}

// The place nearest to the anchor that hides nothing.
std::optional<Rect> free_place(const picture::Picture& stage, const Rect& anchor, const Rect& note,
                               float margin) {
  std::optional<Rect> nearest;
  float least = std::numeric_limits<float>::infinity();
  for (int i = 0; i < kAcross * kDown; ++i) {
    const float across = static_cast<float>(i % kAcross) / (kAcross - 1);
    const float down = static_cast<float>(i / kAcross) / (kDown - 1);
    const Rect place = {std::lerp(margin, stage.width - margin - note.w, across),
                        std::lerp(kTitleShare * stage.height, stage.height - margin - note.h, down),
                        note.w, note.h};
    const float away = std::hypot(place.x + place.w / 2 - anchor.x - anchor.w / 2,
                                  place.y + place.h / 2 - anchor.y - anchor.h / 2);
    if (place.x >= margin && away < least && hidden_by(place, stage) <= 0) {
      least = away;
      nearest = place;
    }
  }
  return nearest;
}

}  // namespace

Rect place_beside(const picture::Picture& stage, const Rect& anchor, float width, float height,
                  float margin) {
  Rect best;
  float least = std::numeric_limits<float>::infinity();
  const auto consider = [&](float x, float y) {
    Rect place = {x, y, width, height};
    place.x = std::clamp(place.x, margin, std::max(margin, stage.width - margin - width));
    place.y = std::clamp(place.y, margin, std::max(margin, stage.height - margin - height));
    if (const float hidden = hidden_by(place, stage); hidden < least) {
      least = hidden;
      best = place;
    }
  };
  for (const float along : kAlongSide) {
    const float x = std::lerp(anchor.x, anchor.right() - width, along);
    const float y = std::lerp(anchor.y, anchor.bottom() - height, along);
    consider(x, anchor.bottom() + margin);
    consider(x, anchor.y - margin - height);
    consider(anchor.right() + margin, y);
    consider(anchor.x - margin - width, y);
  }
  return least > 0 ? free_place(stage, anchor, best, margin).value_or(best) : best;
}

}  // namespace convscope::panels
