#include "core/picture/stage_header.h"

#include <algorithm>
#include <sstream>

namespace convscope {

namespace {

// Text sizes and distances at scale 1, as in the flat view.
constexpr float kTitleSize = 21;
constexpr float kTitleHeight = 34;
constexpr float kNarrationSize = 16;
constexpr float kNarrationHeight = 23;
constexpr std::size_t kMostLines = 2;

std::vector<std::string> narration_lines(const Brush& brush, const std::string& text, float room) {
  std::vector<std::string> lines =
      wrap_text(brush.metrics, text, Font::kSans, brush.text_size(kNarrationSize), room);
  lines.resize(std::min(lines.size(), kMostLines));
  return lines;
}

}  // namespace

const std::string& stage_title(const Session& session) {
  const std::string& scene_title = scene_of(session).title.in(session.language);
  return scene_title.empty() ? session.lesson.title.in(session.language) : scene_title;
}

std::vector<std::string> wrap_text(const TextMetrics& metrics, const std::string& text, Font font,
                                   float size, float room) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  std::string word;
  while (words >> word) {
    if (!lines.empty() && metrics.width(lines.back() + " " + word, font, size) <= room) {
      lines.back() += " " + word;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

int narration_line_count(const Brush& brush, const Session& session, float width) {
  std::size_t lines = 0;
  if (brush.titled) {
    for (const Narration& narration : scene_of(session).narration) {
      const std::string& text = narration.text.in(session.language);
      lines = std::max(lines, narration_lines(brush, text, width).size());
    }
  }
  return static_cast<int>(lines);
}

float stage_title_width(const Brush& brush, const Session& session) {
  return brush.titled ? brush.metrics.width(stage_title(session), Font::kSansBold,
                                            brush.text_size(kTitleSize))
                      : 0;
}

float stage_header_height(const Brush& brush, const Session& session, float width) {
  const int lines = narration_line_count(brush, session, width);
  return brush.text_size(kTitleHeight + kNarrationHeight * static_cast<float>(lines));
}

void draw_stage_header(Brush& brush, const Session& session, const Rect& rect) {
  if (!brush.titled) {
    return;
  }
  const std::string& title = stage_title(session);
  const float wanted = brush.text_size(kTitleSize);
  const float width = std::max(stage_title_width(brush, session), 1.0F);
  float baseline = rect.y + brush.text_size(kTitleHeight - 11);
  brush.text({rect.x, baseline}, title, Font::kSansBold, wanted * std::min(1.0F, rect.w / width),
             brush.palette.text);
  baseline += brush.text_size(27);
  const std::string& narration = narration_of(session).in(session.language);
  for (const std::string& line : narration_lines(brush, narration, rect.w)) {
    brush.text({rect.x, baseline}, line, Font::kSans, brush.text_size(kNarrationSize),
               brush.palette.text_dim);
    baseline += brush.text_size(kNarrationHeight - 1);
  }
}

}  // namespace convscope
