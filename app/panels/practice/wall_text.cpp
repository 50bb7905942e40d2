#include "app/panels/practice/wall_text.h"

#include <algorithm>
#include <cfloat>

#include "app/panels/widgets/style.h"

namespace convscope::panels {
namespace {

template <typename Fits>
float largest(const PanelContext& context, const Fits& fits) {
  const float least = widgets::built_size(context.fonts.title);
  const float wanted = std::min(ImGui::GetIO().DisplaySize.y * widgets::kWallText,
                                widgets::built_size(context.fonts.wall));
  for (float size = wanted; size > least; size -= 1) {
    if (fits(size)) {
      return size;
    }
  }
  return least;
}

}  // namespace

bool is_on_wall(const session::Session& session) {
  return session.look.theme == session::Theme::kProjector;
}

float wall_line_size(const PanelContext& context, const std::string& words, float width) {
  return largest(context, [&](float size) {
    return context.fonts.wall->CalcTextSizeA(size, FLT_MAX, 0, words.c_str()).x <= width;
  });
}

float wall_text_size(const PanelContext& context, const std::string& words, float width,
                     float height) {
  return largest(context, [&](float size) {
    return context.fonts.wall->CalcTextSizeA(size, FLT_MAX, width, words.c_str()).y <= height;
  });
}

WallFont::WallFont(const PanelContext& context, float size) : font_(context.fonts.wall) {
  ImGui::SetWindowFontScale(size / widgets::built_size(context.fonts.wall));
}

WallFont::~WallFont() { ImGui::SetWindowFontScale(1); }

}  // namespace convscope::panels
