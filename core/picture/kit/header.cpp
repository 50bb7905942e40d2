#include "core/picture/kit/header.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "core/picture/display/colormap.h"

namespace convscope::picture::kit {

namespace {

// Text sizes and distances at scale 1, as in the flat view.
constexpr float kTitleSize = 21;
constexpr float kTitleHeight = 34;
constexpr float kNarrationSize = 16;
constexpr float kNarrationHeight = 23;
constexpr float kMostLines = 2;
// Of a narration that the numbers have outdated, and of the line that says so.
constexpr float kOutdatedSize = 14.5F;
constexpr float kOutdatedLine = 15.5F;
constexpr float kOutdatedAir = 6;
constexpr float kOutdatedGap = 5;  // of the 6 below the header
constexpr float kResetButton = 28;

// On a large stage words here don't shrink with those of the view: a text has 3.5 % of the window's
// height (of which the bars leave 75 %) if the theme's size allows it, so that it is read from the
// back row. On a low or narrow stage the picture needs the room.
float header_size(const Canvas& canvas, float size) {
  constexpr float kShare = 0.035F / 0.75F;
  // From the first number on it grows; at scale 1.
  constexpr std::array kHeights = {460.0F, 540.0F};
  constexpr std::array kWidths = {960.0F, 1200.0F};
  const float height = canvas.whole > 0 ? canvas.whole : canvas.picture.height;
  const float most = kNarrationSize * canvas.palette.text_scale * canvas.scale;
  const float own = canvas.text_size(kNarrationSize);
  const float wanted = std::max(own, std::min(kShare * height, most));
  const auto share = [&](float length, const std::array<float, 2>& range) {
    return std::clamp((length / canvas.scale - range[0]) / (range[1] - range[0]), 0.0F, 1.0F);
  };
  const float room = share(height, kHeights) * share(canvas.picture.width, kWidths);
  return size * (own + (wanted - own) * room) / kNarrationSize;
}

// A text in the room of kMostLines lines; `size` in pixels, `scale` what of the wanted size is
// left.
struct Paragraph {
  std::vector<std::string> lines;
  float size = 0;
  float scale = 1;
};

// At most `size` large (at scale 1), and as much smaller as it takes to lose no word: then more
// lines fit.
Paragraph paragraph(const Canvas& canvas, const std::string& text, float size, float room) {
  constexpr float kSmallest = 0.5F;
  constexpr float kStep = 0.95F;
  const float wanted = header_size(canvas, size);
  Paragraph out{wrap_text(canvas.metrics, text, Font::kSans, wanted, room), wanted};
  const auto fitting_lines = [&] { return static_cast<std::size_t>(kMostLines / out.scale); };
  while (out.lines.size() > fitting_lines() && out.scale > kSmallest) {
    out.scale *= kStep;
    out.size = wanted * out.scale;
    out.lines = wrap_text(canvas.metrics, text, Font::kSans, out.size, room);
  }
  out.lines.resize(std::min(out.lines.size(), fitting_lines()));
  return out;
}

// One line, smaller where it would be wider than `room`.
void draw_line(Canvas& canvas, Point at, const std::string& text, Font font, float size, float room,
               Rgba color) {
  const float wanted = header_size(canvas, size);
  const float width = std::max(canvas.metrics.width(text, font, wanted), 1.0F);
  canvas.text(at, text, font, wanted * std::min(1.0F, room / width), color);
}

// The narration of other numbers than those on the stage.
void draw_outdated(Canvas& canvas, const session::Session& session, const Rect& rect,
                   float title_baseline) {
  const float button = header_size(canvas, kResetButton);
  const float room = std::max(rect.w - button - header_size(canvas, 8), 1.0F);
  const std::string& narration = session::narration_of(session).in(session.look.language);
  const Paragraph text = paragraph(canvas, narration, kOutdatedSize, room);
  // Below the title there is as much air as the narration's room and the gap below it leave.
  const float lines = 1 + static_cast<float>(text.lines.size()) * text.scale;
  const float spare = rect.bottom() + header_size(canvas, kOutdatedGap) - title_baseline -
                      header_size(canvas, kOutdatedLine * lines + kOutdatedSize / 3);
  const float air = std::clamp(spare, 0.0F, header_size(canvas, kOutdatedAir));
  float baseline = title_baseline + air + header_size(canvas, kOutdatedLine);
  draw_line(canvas, {rect.x, baseline}, canvas.locale.text("stage.other_numbers"), Font::kSans,
            kOutdatedSize, room, canvas.palette.warning);
  for (const std::string& line : text.lines) {
    baseline += header_size(canvas, kOutdatedLine) * text.scale;
    canvas.text({rect.x, baseline}, line, Font::kSans, text.size,
                faded(canvas.palette.text_dim, 0.6F));
  }
  canvas.picture.reset_area =
      Rect{rect.right() - button, title_baseline + header_size(canvas, 4), button, button};
}

}  // namespace

std::string document_title(const session::Session& session, const lesson::Locale& locale) {
  const lesson::Lesson& lesson = session.document.lesson;
  return lesson.id.starts_with("concept.") && locale.has(lesson.id)
             ? locale.text(lesson.id)
             : lesson.title.in(session.look.language);
}

std::string stage_title(const session::Session& session, const lesson::Locale& locale) {
  const std::string& scene_title = session::scene_of(session).title.in(session.look.language);
  return scene_title.empty() ? document_title(session, locale) : scene_title;
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

int narration_line_count(const Canvas& canvas, const session::Session& session, float width) {
  std::size_t lines = 0;
  if (canvas.titled) {
    for (const lesson::Narration& narration : session::scene_of(session).narration) {
      const std::string& text = narration.text.in(session.look.language);
      lines = std::max(lines, paragraph(canvas, text, kNarrationSize, width).lines.size());
    }
  }
  return static_cast<int>(std::min(lines, static_cast<std::size_t>(kMostLines)));
}

float title_room(const Canvas& canvas, const Rect& header) {
  return std::max(std::min(header.w, canvas.picture.width - canvas.corner - header.x), 1.0F);
}

float title_width(const Canvas& canvas, const session::Session& session) {
  return canvas.titled ? canvas.metrics.width(stage_title(session, canvas.locale), Font::kSansBold,
                                              header_size(canvas, kTitleSize))
                       : 0;
}

float header_height(const Canvas& canvas, const session::Session& session, float width) {
  const int lines = narration_line_count(canvas, session, width);
  return header_size(canvas, kTitleHeight + kNarrationHeight * static_cast<float>(lines));
}

void draw_header(Canvas& canvas, const session::Session& session, const Rect& rect) {
  if (!canvas.titled) {
    return;
  }
  const std::string title = stage_title(session, canvas.locale);
  const float title_baseline = rect.y + header_size(canvas, kTitleHeight - 11);
  draw_line(canvas, {rect.x, title_baseline}, title, Font::kSansBold, kTitleSize,
            title_room(canvas, rect), canvas.palette.text);
  if (!session::scene_of(session).narration.empty() && session::has_other_numbers(session)) {
    draw_outdated(canvas, session, rect, title_baseline);
    return;
  }
  const std::string& narration = session::narration_of(session).in(session.look.language);
  const Paragraph text = paragraph(canvas, narration, kNarrationSize, rect.w);
  float baseline = title_baseline + header_size(canvas, 27 - kNarrationSize) + text.size;
  for (const std::string& line : text.lines) {
    canvas.text({rect.x, baseline}, line, Font::kSans, text.size, canvas.palette.text_dim);
    baseline += header_size(canvas, kNarrationHeight - 1) * text.scale;
  }
}

}  // namespace convscope::picture::kit
