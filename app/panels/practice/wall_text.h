// Words that are read from a wall: as large as the back row needs, and smaller where there is not
// enough room.
#pragma once

#include <string>

#include "app/panels/panels.h"
#include "app/panels/widgets/imgui_shim.h"

namespace convscope::panels {

// Whether the theme is that for walls.
bool is_on_wall(const session::Session& session);

// The largest size in pixels, at least the title font's, at which `words` are at most `width` wide
// on one line, or, wrapped there, at most `height` high.
float wall_line_size(const PanelContext& context, const std::string& words, float width);
float wall_text_size(const PanelContext& context, const std::string& words, float width,
                     float height);

// The font for walls in that size, while it lives.
class WallFont {
 public:
  WallFont(const PanelContext& context, float size);
  ~WallFont();
  WallFont(const WallFont&) = delete;
  WallFont& operator=(const WallFont&) = delete;

 private:
  widgets::FontScope font_;
};

}  // namespace convscope::panels
