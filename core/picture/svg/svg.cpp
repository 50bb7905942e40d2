#include "core/picture/svg/svg.h"

#include <algorithm>

#include "core/picture/display/drawable.h"
#include "core/picture/display/hatch.h"
#include "core/picture/display/text_layout.h"
#include "core/picture/svg/svg_grid.h"
#include "core/picture/svg/svg_writer.h"

namespace convscope::picture::svg {

namespace {

std::string point_list(const std::vector<Point>& points) {
  std::string list;
  for (const Point& point : points) {
    list += (list.empty() ? "" : " ") + svg_number(point.x) + "," + svg_number(point.y);
  }
  return list;
}

// Writes one record after another.
class Recorder {
 public:
  Recorder(SvgWriter& svg, const TextMetrics& metrics, std::string_view ids)
      : svg_(svg), metrics_(metrics), ids_(ids) {}

  void operator()(const Box& box) {
    const bool outlined = has_outline(box.stroke, box.stroke_width);
    if (!drawable(box.rect) || box.rect.w < 0 || box.rect.h < 0 || (box.fill.a == 0 && !outlined)) {
      return;
    }
    svg_.open("rect").area(box.rect);
    if (drawable(box.radius) && box.radius > 0) {
      svg_.attribute("rx", box.radius);
    }
    svg_.paint("fill", box.fill);
    if (outlined) {
      outline(box.stroke, box.stroke_width, box.dash);
    }
    svg_.close();
  }

  void operator()(const Hatch& hatch) {
    std::string path;
    if (drawable(hatch.rect) && has_outline(hatch.color, hatch.width)) {
      for (const Segment& line : hatch_lines(hatch)) {
        path += "M" + svg_number(line.from.x) + " " + svg_number(line.from.y) + "L" +
                svg_number(line.to.x) + " " + svg_number(line.to.y);
      }
    }
    if (!path.empty()) {
      svg_.open("path").attribute("d", path);
      outline(hatch.color, hatch.width, 0);
      svg_.close();
    }
  }

  void operator()(const Line& line) {
    if (!drawable(line.from) || !drawable(line.to) || !has_outline(line.color, line.width)) {
      return;
    }
    svg_.open("line")
        .attribute("x1", line.from.x)
        .attribute("y1", line.from.y)
        .attribute("x2", line.to.x)
        .attribute("y2", line.to.y);
    outline(line.color, line.width, line.dash);
    svg_.close();
  }

  // Anchored by its alignment, so that its place is right where a reader ignores textLength, and
  // fitted to the width that was measured, so that it does with any version of the font.
  void operator()(const Text& text) {
    if (!drawable(text.at) || !(text.size > 0) || !drawable(text.size) || text.color.a == 0) {
      return;
    }
    const std::vector<PlacedGlyph> glyphs = place_text(text, metrics_);
    if (glyphs.empty()) {
      return;
    }
    svg_.open("text").attribute("x", text.at.x).attribute("y", text.at.y);
    if (text.align != Align::kLeft) {
      svg_.attribute("text-anchor", text.align == Align::kCenter ? "middle" : "end");
    }
    if (text.font == Font::kMono) {
      svg_.attribute("font-family", "JetBrains Mono, monospace");
    }
    svg_.attribute("font-size", text.size);
    if (text.font == Font::kSansBold) {
      svg_.attribute("font-weight", "600");
    }
    if (glyphs.size() > 1) {
      svg_.attribute("textLength", glyphs.back().x + glyphs.back().cell - glyphs.front().x)
          .attribute("lengthAdjust", "spacing");
    }
    // Browsers don't take it over from the root.
    if (text.text.starts_with(' ') || text.text.ends_with(' ') ||
        text.text.find("  ") != std::string::npos) {
      svg_.attribute("xml:space", "preserve");
    }
    svg_.paint("fill", text.color).text(decode_utf8(text.text)).close();
  }

  void operator()(const TensorGrid& grid) {
    if (drawable(grid.rect) && drawable(grid.visible) && drawable(grid.gap)) {
      write_grid(svg_, grid, next_clip_id());
    }
  }

  void operator()(const ClipBegin& clip) {
    const bool used = drawable(clip.rect);
    clips_.push_back(used);
    if (used) {
      const std::string id = next_clip_id();
      const Rect cut = {clip.rect.x, clip.rect.y, std::max(0.0F, clip.rect.w),
                        std::max(0.0F, clip.rect.h)};
      svg_.open("clipPath").attribute("id", id).open("rect").area(cut).close().close();
      svg_.open("g").attribute("clip-path", "url(#" + id + ")");
    }
  }

  void operator()(const ClipEnd&) {
    if (!clips_.empty()) {
      if (clips_.back()) {
        svg_.close();
      }
      clips_.pop_back();
    }
  }

  void operator()(const Polygon& polygon) {
    const bool outlined = has_outline(polygon.stroke, polygon.stroke_width);
    if (polygon.points.size() < 2 || !drawable(polygon.points) ||
        (polygon.fill.a == 0 && !outlined)) {
      return;
    }
    svg_.open("polygon").attribute("points", point_list(polygon.points));
    svg_.paint("fill", polygon.fill);
    if (outlined) {
      outline(polygon.stroke, polygon.stroke_width, 0);
    }
    svg_.close();
  }

 private:
  void outline(Rgba color, float width, float dash) {
    svg_.paint("stroke", color).attribute("stroke-width", width);
    if (drawable(dash) && dash > 0) {
      svg_.attribute("stroke-dasharray", dash);
    }
  }

  std::string next_clip_id() { return std::string(ids_) + "clip" + std::to_string(++clip_count_); }

  SvgWriter& svg_;
  const TextMetrics& metrics_;
  std::string_view ids_;
  std::vector<bool> clips_;  // open clips; false: skipped
  int clip_count_ = 0;
};

}  // namespace

std::string svg_of(const Picture& picture, const TextMetrics& metrics, std::string_view ids) {
  const Rect all = whole_page(picture);
  SvgWriter svg;
  svg.open("svg")
      .attribute("xmlns", "http://www.w3.org/2000/svg")
      .attribute("xmlns:xlink", "http://www.w3.org/1999/xlink")  // for readers of SVG 1.1
      .attribute("viewBox", "0 0 " + svg_number(all.w) + " " + svg_number(all.h))
      .attribute("width", all.w)
      .attribute("height", all.h)
      .attribute("font-family", "Inter, sans-serif")
      .attribute("style", "font-variant-numeric:tabular-nums")
      .attribute("xml:space", "preserve");
  if (picture.background.a > 0) {
    svg.open("rect").area(all).paint("fill", picture.background).close();
  }
  Recorder recorder(svg, metrics, ids);
  for (const Record& record : picture.records) {
    std::visit(recorder, record);
  }
  return svg.finish();
}

}  // namespace convscope::picture::svg
