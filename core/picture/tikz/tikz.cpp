#include "core/picture/tikz/tikz.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "core/picture/display/drawable.h"
#include "core/picture/display/hatch.h"
#include "core/picture/raster/grid_parts.h"
#include "core/picture/svg/svg_writer.h"
#include "core/picture/tikz/tex_text.h"

namespace convscope::picture::tikz {

namespace {

using svg::svg_number;

// Of a grid: TeX takes about a millisecond for each. More are an image.
constexpr std::int64_t kMostTexCells = 1600;
// Of an image: TeX keeps its digits in memory until the page is done.
constexpr std::int64_t kMostTexels = 65536;
constexpr std::string_view kHexDigits = "0123456789ABCDEF";
// TeX reads at most 16383 points, and slows down long before.
constexpr float kMostTexPixels = 16000;

bool tex_drawable(const Rect& rect) {
  return drawable(rect) && std::abs(rect.x) < kMostTexPixels && std::abs(rect.y) < kMostTexPixels &&
         std::abs(rect.right()) < kMostTexPixels && std::abs(rect.bottom()) < kMostTexPixels;
}

bool tex_drawable(Point point) { return tex_drawable(Rect{point.x, point.y, 0, 0}); }

std::string point_text(Point point) {
  return "(" + svg_number(point.x) + "," + svg_number(point.y) + ")";
}

std::string length_text(float pixels) { return svg_number(pixels * 0.75) + "bp"; }

// Writes one record after another, and apart from them the colours: those defined in a scope would
// end with it.
class TikzRecorder {
 public:
  explicit TikzRecorder(const TextMetrics& metrics) : metrics_(metrics) {}

  void operator()(const Box& box) {
    if (tex_drawable(box.rect) && box.rect.w >= 0 && box.rect.h >= 0) {
      const float radius = std::clamp(box.radius, 0.0F, std::min(box.rect.w, box.rect.h) / 2);
      path(box.fill, box.stroke, box.stroke_width, box.dash,
           radius > 0 ? "rounded corners=" + length_text(radius) : "", rectangle(box.rect));
    }
  }

  void operator()(const Hatch& hatch) {
    std::string lines;
    if (tex_drawable(hatch.rect)) {
      for (const Segment& line : hatch_lines(hatch)) {
        lines += point_text(line.from) + "--" + point_text(line.to);
      }
    }
    if (!lines.empty()) {
      path(kTransparent, hatch.color, hatch.width, 0, "", lines);
    }
  }

  void operator()(const Line& line) {
    if (tex_drawable(line.from) && tex_drawable(line.to)) {
      path(kTransparent, line.color, line.width, line.dash, "",
           point_text(line.from) + "--" + point_text(line.to));
    }
  }

  void operator()(const Text& text) {
    const std::u32string characters = decode_utf8(text.text);
    if (!tex_drawable(text.at) || !(text.size > 0) || text.color.a == 0 || characters.empty()) {
      return;
    }
    const char* anchor = text.align == Align::kLeft     ? "base west"
                         : text.align == Align::kCenter ? "base"
                                                        : "base east";
    const char* font = text.font == Font::kMono       ? R"(\ttfamily )"
                       : text.font == Font::kSansBold ? R"(\sffamily\bfseries )"
                                                      : R"(\sffamily )";
    const std::string name = color(text.color);
    out_ += "\\node[anchor=" + std::string(anchor) + ",text=" + name + opacity("text", text.color) +
            "] at " + point_text(text.at) + " {\\cvtext{" +
            length_text(metrics_.width(text.text, text.font, text.size)) + "}{" +
            svg_number(text.size * 0.75) + "}{" + font + tex_text(characters) + "}};\n";
  }

  void operator()(const TensorGrid& grid) {
    const raster::CellRange cells = raster::seen_cells(grid);
    if (raster::count_of(cells) == 0 || !drawable(grid.rect) || !tex_drawable(grid.visible)) {
      return;
    }
    out_ += grid.opacity < 1
                ? "\\begin{scope}[transparency group,opacity=" + svg_number(grid.opacity) + "]\n"
                : "\\begin{scope}\n";
    if (raster::count_of(cells) <= kMostTexCells) {
      for (const raster::GridCell& cell : raster::grid_cells(grid, cells)) {
        path(cell.color, kTransparent, 0, 0, "", rectangle(cell.place));
      }
    } else {
      texels(grid, cells);
    }
    out_ += "\\end{scope}\n";
  }

  void operator()(const ClipBegin& clip) {
    out_ += "\\begin{scope}\n";
    ++clips_;
    if (tex_drawable(clip.rect)) {
      out_ += "\\clip " +
              rectangle({clip.rect.x, clip.rect.y, std::max(0.0F, clip.rect.w),
                         std::max(0.0F, clip.rect.h)}) +
              ";\n";
    }
  }

  void operator()(const ClipEnd&) {
    if (clips_ > 0) {
      out_ += "\\end{scope}\n";
      --clips_;
    }
  }

  void operator()(const Polygon& polygon) {
    if (polygon.points.size() < 2 ||
        !std::ranges::all_of(polygon.points, [](Point p) { return tex_drawable(p); })) {
      return;
    }
    std::string points;
    for (const Point& point : polygon.points) {
      points += point_text(point) + "--";
    }
    path(polygon.fill, polygon.stroke, polygon.stroke_width, 0, "", points + "cycle");
  }

  // Closes the scopes that nobody closed.
  std::string finish() {
    while (clips_ > 0) {
      (*this)(ClipEnd{});
    }
    return out_;
  }
  const std::string& definitions() const { return definitions_; }

 private:
  static std::string rectangle(const Rect& rect) {
    return point_text({rect.x, rect.y}) + " rectangle " + point_text({rect.right(), rect.bottom()});
  }

  static std::string opacity(const char* what, Rgba color) {
    return color.a == 255 ? ""
                          : "," + std::string(what) + " opacity=" + svg_number(color.a / 255.0);
  }

  // The name of a colour, without its opacity.
  std::string color(Rgba rgba) {
    const auto key = std::tuple(rgba.r, rgba.g, rgba.b);
    const auto [entry, added] = colors_.try_emplace(key, "cv" + std::to_string(colors_.size()));
    if (added) {
      definitions_ += "\\definecolor{" + entry->second + "}{RGB}{" + std::to_string(rgba.r) + "," +
                      std::to_string(rgba.g) + "," + std::to_string(rgba.b) + "}\n";
    }
    return entry->second;
  }

  void path(Rgba fill, Rgba stroke, float width, float dash, const std::string& more,
            const std::string& what) {
    std::string options;
    if (fill.a > 0) {
      options += ",fill=" + color(fill) + opacity("fill", fill);
    }
    if (has_outline(stroke, width)) {
      options +=
          ",draw=" + color(stroke) + opacity("draw", stroke) + ",line width=" + length_text(width);
      if (drawable(dash) && dash > 0) {
        options += ",dash pattern=on " + length_text(dash) + " off " + length_text(dash);
      }
    }
    if (!options.empty()) {
      out_ +=
          "\\path[" + options.substr(1) + (more.empty() ? "" : "," + more) + "] " + what + ";\n";
    }
  }

  // A large grid as an image within the text, which every TeX that writes PDF hands on as it is.
  void texels(const TensorGrid& grid, const raster::CellRange& cells) {
    int level = raster::level_of_detail(grid);
    while ((raster::count_of(cells) >> (2 * level)) > kMostTexels) {
      ++level;
    }
    const raster::GridImage image = raster::grid_image(grid, cells, level);
    out_ += "\\clip";
    for (const Rect& part : image.clip) {
      out_ += " " + rectangle(part);
    }
    // PDF's y goes up, in points from the picture's corner.
    const auto points = [](float pixels) { return svg_number(pixels * 0.75); };
    out_ += ";\n\\csname pgfsys@invoke\\endcsname{q " + points(image.place.w) + " 0 0 " +
            points(image.place.h) + " " + points(image.place.x) + " " +
            points(-image.place.bottom()) + " cm BI /W " + std::to_string(image.width) + " /H " +
            std::to_string(image.height) + " /CS /RGB /BPC 8 /F /AHx ID\n";
    constexpr std::size_t kInLine = 100;
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
      const Rgba& pixel = image.pixels[i];
      for (const std::uint8_t part : {pixel.r, pixel.g, pixel.b}) {
        out_ += kHexDigits[part >> 4U];
        out_ += kHexDigits[part & 15U];
      }
      out_ += i % kInLine == kInLine - 1 ? "\n" : "";
    }
    out_ += "\\string> EI Q}\n";
  }

  std::string out_;
  std::string definitions_;
  const TextMetrics& metrics_;
  std::map<std::tuple<std::uint8_t, std::uint8_t, std::uint8_t>, std::string> colors_;
  int clips_ = 0;
};

bool has_cyrillic(const Picture& picture) {
  return std::ranges::any_of(picture.records, [](const Record& record) {
    const auto* text = std::get_if<Text>(&record);
    return text != nullptr && std::ranges::any_of(decode_utf8(text->text), is_cyrillic);
  });
}

// A text as wide as measured, or narrower: LaTeX's fonts are others than the program's.
constexpr const char* kTextMacro =
    R"(\providecommand{\cvtext}[3]{\begingroup\setbox0=\hbox{\fontsize{#2bp}{#2bp}\selectfont #3}%
\ifdim\wd0>#1\relax\resizebox{#1}{\height}{\box0}\else\box0\fi\endgroup}
)";

}  // namespace

std::string tikz_of(const Picture& picture, const TextMetrics& metrics) {
  const Rect page = whole_page(picture);
  TikzRecorder recorder(metrics);
  if (picture.background.a > 0) {
    recorder(Box{.rect = page, .fill = picture.background});
  }
  for (const Record& record : picture.records) {
    std::visit(recorder, record);
  }
  const std::string body = recorder.finish();
  return kTextMacro + recorder.definitions() +
         "\\begin{tikzpicture}[x=0.75bp,y=-0.75bp,inner sep=0pt,outer sep=0pt]\n"
         "\\useasboundingbox (0,0) rectangle " +
         point_text({page.w, page.h}) + ";\n" + body + "\\end{tikzpicture}\n";
}

std::string tex_of(const Picture& picture, const TextMetrics& metrics) {
  const Rect page = whole_page(picture);
  return "\\documentclass{article}\n"
         "\\usepackage[paperwidth=" +
         length_text(page.w) + ",paperheight=" + length_text(page.h) + ",margin=0bp]{geometry}\n" +
         (has_cyrillic(picture) ? "\\usepackage[T2A]{fontenc}\n" : "\\usepackage{fix-cm}\n") +
         "\\usepackage[utf8]{inputenc}\n"
         "\\usepackage{tikz}\n"
         "\\pagestyle{empty}\n"
         "\\parindent=0pt \\topskip=0pt \\parskip=0pt\n"
         "\\begin{document}\n" +
         tikz_of(picture, metrics) + "\\end{document}\n";
}

}  // namespace convscope::picture::tikz
