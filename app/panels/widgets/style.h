// Our palette and fonts for Dear ImGui. The only place where our look is mapped to ImGui's style.
#pragma once

#include <cstddef>
#include <span>

#include <imgui.h>

#include "core/picture/display/theme.h"

namespace convscope::panels::widgets {

// Font files in memory; they must outlive the atlas.
struct FontFiles {
  std::span<const std::byte> sans;
  std::span<const std::byte> bold;
  std::span<const std::byte> mono;
  std::span<const std::byte> fallback;  // for characters that the others lack
};

// In pixels at scale 1: none under 14.
struct TextSizes {
  float body = 15;
  float small = 14;
  float title = 16;
  float mono = 14;
};
inline constexpr TextSizes kTextSizes;

// Of the window's height: what the back row reads from a wall.
inline constexpr float kWallText = 0.036f;

struct FontSet {
  ImFont* body = nullptr;
  ImFont* small = nullptr;
  ImFont* title = nullptr;
  ImFont* mono = nullptr;
  ImFont* wall = nullptr;  // like title, for words that the back row reads
};

// Rebuilds the context's font atlas for sizes at `unit` pixels per design pixel. Only between
// frames; the caller uploads the texture. `wall`: the pixels of that font; without it, the title's.
FontSet build_fonts(const FontFiles& files, float unit, float wall = 0);

// Sets colours and metrics of all widgets.
void apply_style(const picture::Palette& palette, float scale);

ImU32 color(picture::Rgba rgba);
ImVec4 color_vec(picture::Rgba rgba);

}  // namespace convscope::panels::widgets
