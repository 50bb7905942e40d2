#include "app/files/document/pdf.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <vector>

#include "app/files/document/pdf_fonts.h"
#include "core/picture/display/drawable.h"
#include "core/picture/display/hatch.h"
#include "core/picture/display/text_layout.h"
#include "core/picture/raster/grid_parts.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

constexpr double kPointsPerPixel = 0.75;

struct PdfDeleter {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Surface = std::unique_ptr<cairo_surface_t, PdfDeleter>;
using Context = std::unique_ptr<cairo_t, PdfDeleter>;

cairo_status_t append_pdf(void* to, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

void check_pdf(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS) {
    throw Failure({"encoding_failed",
                   "",
                   {{"format", "PDF"}, {"reason", std::string(cairo_status_to_string(status))}}});
  }
}

// Glyphs of one font that follow each other.
struct GlyphRun {
  cairo_font_face_t* face = nullptr;
  std::vector<cairo_glyph_t> glyphs;
  std::u32string characters;
};

// Draws one record after another.
class PdfRecorder {
 public:
  PdfRecorder(cairo_t* context, const picture::TextMetrics& metrics)
      : to_(context), metrics_(metrics) {}

  void operator()(const picture::Box& box) {
    if (!picture::drawable(box.rect) || box.rect.w < 0 || box.rect.h < 0) {
      return;
    }
    rounded(box.rect, box.radius);
    paint(box.fill, box.stroke, box.stroke_width, box.dash);
  }

  void operator()(const picture::Hatch& hatch) {
    if (picture::drawable(hatch.rect)) {
      for (const picture::Segment& line : picture::hatch_lines(hatch)) {
        segment(line.from, line.to);
      }
      paint(picture::kTransparent, hatch.color, hatch.width, 0);
    }
  }

  void operator()(const picture::Line& line) {
    if (picture::drawable(line.from) && picture::drawable(line.to)) {
      segment(line.from, line.to);
      paint(picture::kTransparent, line.color, line.width, line.dash);
    }
  }

  void operator()(const picture::Text& text) {
    if (!picture::drawable(text.at) || !(text.size > 0) || !picture::drawable(text.size) ||
        text.color.a == 0) {
      return;
    }
    color(text.color);
    for (const GlyphRun& run : runs_of(text)) {
      show(run, text.size);
    }
  }

  void operator()(const picture::TensorGrid& grid) {
    if (!picture::drawable(grid.rect) || !picture::drawable(grid.visible) ||
        !picture::drawable(grid.gap)) {
      return;
    }
    const picture::raster::CellRange cells = picture::raster::seen_cells(grid);
    const std::int64_t count = picture::raster::count_of(cells);
    if (count == 0) {
      return;
    }
    const bool faint = grid.opacity < 1;
    if (faint) {
      cairo_push_group(to_);
    }
    if (count <= picture::raster::kMostVectorCells) {
      for (const picture::raster::GridCell& cell : picture::raster::grid_cells(grid, cells)) {
        rectangle(cell.place);
        color(cell.color);
        cairo_fill(to_);
      }
    } else {
      image(picture::raster::grid_image(grid, cells, picture::raster::level_of_detail(grid)));
    }
    if (faint) {
      cairo_pop_group_to_source(to_);
      cairo_paint_with_alpha(to_, static_cast<double>(grid.opacity));
    }
  }

  void operator()(const picture::ClipBegin& clip) {
    cairo_save(to_);
    ++clips_;
    if (picture::drawable(clip.rect)) {
      rectangle(
          {clip.rect.x, clip.rect.y, std::max(0.0F, clip.rect.w), std::max(0.0F, clip.rect.h)});
      cairo_clip(to_);
    }
  }

  void operator()(const picture::ClipEnd&) {
    if (clips_ > 0) {
      cairo_restore(to_);
      --clips_;
    }
  }

  void operator()(const picture::Polygon& polygon) {
    if (polygon.points.size() < 2 || !picture::drawable(polygon.points)) {
      return;
    }
    for (const picture::Point& point : polygon.points) {
      cairo_line_to(to_, double{point.x}, double{point.y});
    }
    cairo_close_path(to_);
    paint(polygon.fill, polygon.stroke, polygon.stroke_width, 0);
  }

 private:
  void color(picture::Rgba rgba) {
    cairo_set_source_rgba(to_, rgba.r / 255.0, rgba.g / 255.0, rgba.b / 255.0, rgba.a / 255.0);
  }

  // Fills and outlines the path, and ends it.
  void paint(picture::Rgba fill, picture::Rgba stroke, float width, float dash) {
    if (fill.a > 0) {
      color(fill);
      cairo_fill_preserve(to_);
    }
    if (picture::has_outline(stroke, width)) {
      const double length = double{dash};
      const bool dashed = picture::drawable(dash) && dash > 0;
      cairo_set_dash(to_, &length, dashed ? 1 : 0, 0);
      cairo_set_line_width(to_, double{width});
      color(stroke);
      cairo_stroke_preserve(to_);
    }
    cairo_new_path(to_);
  }

  void rectangle(const picture::Rect& rect) {
    cairo_rectangle(to_, double{rect.x}, double{rect.y}, double{rect.w}, double{rect.h});
  }

  void rounded(const picture::Rect& rect, float radius) {
    const double most = double{std::min(rect.w, rect.h)} / 2;
    const double r = picture::drawable(radius) ? std::clamp(double{radius}, 0.0, most) : 0.0;
    if (r <= 0) {
      rectangle(rect);
      return;
    }
    constexpr double kQuarter = 1.5707963267948966;
    const double left = double{rect.x} + r;
    const double right = double{rect.right()} - r;
    const double top = double{rect.y} + r;
    const double bottom = double{rect.bottom()} - r;
    cairo_arc(to_, right, top, r, -kQuarter, 0);
    cairo_arc(to_, right, bottom, r, 0, kQuarter);
    cairo_arc(to_, left, bottom, r, kQuarter, 2 * kQuarter);
    cairo_arc(to_, left, top, r, 2 * kQuarter, 3 * kQuarter);
    cairo_close_path(to_);
  }

  void segment(picture::Point from, picture::Point to) {
    cairo_move_to(to_, double{from.x}, double{from.y});
    cairo_line_to(to_, double{to.x}, double{to.y});
  }

  // The places are the painter's: figures of equal width are centred in their cells.
  std::vector<GlyphRun> runs_of(const picture::Text& text) const {
    std::vector<GlyphRun> runs;
    for (const picture::PlacedGlyph& placed : picture::place_text(text, metrics_)) {
      const PdfFonts::Glyph glyph = fonts_.glyph(text.font, placed.character);
      const float shift =
          picture::is_tabular(placed.character) ? (placed.cell - glyph.advance * text.size) / 2 : 0;
      if (runs.empty() || runs.back().face != glyph.face) {
        runs.push_back({glyph.face, {}, {}});
      }
      runs.back().glyphs.push_back(
          {glyph.index, double{placed.x} + double{shift}, double{text.at.y}});
      runs.back().characters += placed.character;
    }
    return runs;
  }

  // With the characters, so that a reader can search and copy them.
  void show(const GlyphRun& run, float size) {
    cairo_set_font_face(to_, run.face);
    cairo_set_font_size(to_, double{size});
    std::vector<cairo_text_cluster_t> clusters;
    std::string text;
    for (const char32_t character : run.characters) {
      const std::size_t start = text.size();
      picture::append_utf8(text, character);
      clusters.push_back({static_cast<int>(text.size() - start), 1});
    }
    cairo_show_text_glyphs(to_, text.data(), static_cast<int>(text.size()), run.glyphs.data(),
                           static_cast<int>(run.glyphs.size()), clusters.data(),
                           static_cast<int>(clusters.size()),
                           static_cast<cairo_text_cluster_flags_t>(0));
  }

  void image(const picture::raster::GridImage& image) {
    const Surface pixels(cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width, image.height));
    check_pdf(cairo_surface_status(pixels.get()));
    unsigned char* bytes = cairo_image_surface_get_data(pixels.get());
    const int stride = cairo_image_surface_get_stride(pixels.get());
    for (int y = 0; y < image.height; ++y) {
      for (int x = 0; x < image.width; ++x) {
        const picture::Rgba& c =
            image.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                         static_cast<std::size_t>(x)];
        const std::uint32_t rgb = std::uint32_t{c.r} << 16 | std::uint32_t{c.g} << 8 | c.b;
        std::memcpy(bytes + y * stride + x * 4, &rgb, sizeof rgb);
      }
    }
    cairo_surface_mark_dirty(pixels.get());
    cairo_save(to_);
    for (const picture::Rect& part : image.clip) {
      rectangle(part);
    }
    cairo_clip(to_);
    cairo_translate(to_, double{image.place.x}, double{image.place.y});
    cairo_scale(to_, double{image.place.w} / image.width, double{image.place.h} / image.height);
    cairo_set_source_surface(to_, pixels.get(), 0, 0);
    cairo_pattern_set_filter(cairo_get_source(to_), CAIRO_FILTER_NEAREST);
    cairo_paint(to_);
    cairo_restore(to_);
  }

  cairo_t* to_;
  const picture::TextMetrics& metrics_;
  PdfFonts fonts_;
  int clips_ = 0;
};

}  // namespace

std::string pdf_of(const picture::Picture& picture, const picture::TextMetrics& metrics) {
  const picture::Rect page = picture::whole_page(picture);
  std::string file;
  const Surface surface(cairo_pdf_surface_create_for_stream(
      append_pdf, &file, double{page.w} * kPointsPerPixel, double{page.h} * kPointsPerPixel));
  // The time of writing would make every file different.
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE,
                                 "2000-01-01T00:00:00Z");
  {
    const Context context(cairo_create(surface.get()));
    cairo_scale(context.get(), kPointsPerPixel, kPointsPerPixel);
    PdfRecorder recorder(context.get(), metrics);
    if (picture.background.a > 0) {
      recorder(picture::Box{.rect = page, .fill = picture.background});
    }
    for (const picture::Record& record : picture.records) {
      std::visit(recorder, record);
    }
    check_pdf(cairo_status(context.get()));
  }
  cairo_surface_finish(surface.get());
  check_pdf(cairo_surface_status(surface.get()));
  return file;
}

}  // namespace convscope::files
