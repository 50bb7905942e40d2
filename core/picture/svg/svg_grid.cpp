#include "core/picture/svg/svg_grid.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/picture/display/cell_color.h"
#include "core/picture/raster/plane_pixels.h"
#include "core/picture/svg/png_encode.h"

namespace convscope::picture::svg {

namespace {

Rect between(double x0, double y0, double x1, double y1) {
  return {static_cast<float>(x0), static_cast<float>(y0),
          static_cast<float>(std::max(0.0, x1 - x0)), static_cast<float>(std::max(0.0, y1 - y0))};
}

Rect intersection(const Rect& a, const Rect& b) {
  return between(std::max(a.x, b.x), std::max(a.y, b.y), std::min(a.right(), b.right()),
                 std::min(a.bottom(), b.bottom()));
}

// Where a block of cells stands.
Rect place_of(const TensorGrid& grid, const raster::CellRange& cells) {
  const Shape& shape = grid.tensor.shape();
  const double cell_w = static_cast<double>(grid.rect.w) / static_cast<double>(shape.w);
  const double cell_h = static_cast<double>(grid.rect.h) / static_cast<double>(shape.h);
  const double x = static_cast<double>(grid.rect.x);
  const double y = static_cast<double>(grid.rect.y);
  return between(
      x + static_cast<double>(cells.x0) * cell_w, y + static_cast<double>(cells.y0) * cell_h,
      x + static_cast<double>(cells.x1) * cell_w, y + static_cast<double>(cells.y1) * cell_h);
}

void write_cells(SvgWriter& svg, const TensorGrid& grid, const raster::CellRange& cells) {
  const std::int64_t width = grid.tensor.shape().w;
  for (std::int64_t y = cells.y0; y < cells.y1; ++y) {
    for (std::int64_t x = cells.x0; x < cells.x1; ++x) {
      if (grid.revealed >= 0 && y * width + x >= grid.revealed) {
        return;  // cells are revealed in this very order
      }
      Rect place = place_of(grid, {y, x, y + 1, x + 1});
      const float inset = grid.gap / 2;
      place =
          between(place.x + inset, place.y + inset, place.right() - inset, place.bottom() - inset);
      place = intersection(place, grid.visible);
      if (place.w > 0 && place.h > 0) {
        svg.open("rect").area(place).paint("fill", cell_color(grid, y, x)).close();
      }
    }
  }
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t given = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      bits = bits << 8U | (j < given ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      text += j <= given ? kDigits[bits >> (18U - 6U * j) & 63U] : '=';
    }
  }
  return text;
}

// The revealed part of the plane: whole rows, then the beginning of one.
void write_clip(SvgWriter& svg, const TensorGrid& grid, const std::string& id) {
  const Shape& shape = grid.tensor.shape();
  const std::int64_t cells = shape.h * shape.w;
  const std::int64_t shown = grid.revealed < 0 ? cells : std::min(grid.revealed, cells);
  const std::int64_t rows = shown / shape.w;
  const std::int64_t rest = shown % shape.w;
  svg.open("clipPath").attribute("id", id);
  const auto add = [&](const raster::CellRange& part) {
    svg.open("rect").area(intersection(place_of(grid, part), grid.visible)).close();
  };
  add({0, 0, rows, shape.w});
  if (rest > 0) {
    add({rows, 0, rows + 1, rest});
  }
  svg.close();
}

void write_image(SvgWriter& svg, const TensorGrid& grid, const raster::CellRange& visible,
                 const std::string& clip_id) {
  const Shape& shape = grid.tensor.shape();
  const int level = raster::level_of_detail(grid);
  const auto down = [&](std::int64_t cell) { return cell >> level << level; };
  const auto up = [&](std::int64_t cell) { return down(cell + (std::int64_t{1} << level) - 1); };
  // Whole texels; the last may reach past the plane, where the clip cuts it.
  const raster::CellRange texels = {down(visible.y0), down(visible.x0), up(visible.y1),
                                    up(visible.x1)};
  const raster::CellRange cells = {texels.y0, texels.x0, std::min(texels.y1, shape.h),
                                   std::min(texels.x1, shape.w)};
  const std::vector<Rgba> pixels = raster::plane_pixels(grid, cells, level);
  const auto width = static_cast<int>((texels.x1 - texels.x0) >> level);
  const auto height = static_cast<int>((texels.y1 - texels.y0) >> level);
  const std::string png = png_of(width, height, std::as_bytes(std::span(pixels)));
  write_clip(svg, grid, clip_id);
  svg.open("image")
      .area(place_of(grid, texels))
      .attribute("preserveAspectRatio", "none")
      .attribute("clip-path", "url(#" + clip_id + ")")
      .attribute("style", "image-rendering:pixelated")
      .attribute("xlink:href", "data:image/png;base64," + base64(png))
      .close();
}

}  // namespace

void write_grid(SvgWriter& svg, const TensorGrid& grid, const std::string& clip_id) {
  const raster::CellRange cells = raster::visible_cells(grid);
  const std::int64_t count = (cells.y1 - cells.y0) * (cells.x1 - cells.x0);
  if (count == 0 || !(grid.opacity > 0) || !contains(grid.tensor.shape(), {grid.n, grid.c, 0, 0})) {
    return;
  }
  svg.open("g");
  if (grid.opacity < 1) {
    svg.attribute("opacity", grid.opacity);
  }
  if (!(grid.gap > 0)) {
    svg.attribute("shape-rendering", "crispEdges");  // no seams between neighbours
  }
  if (count <= kMostSvgCells) {
    write_cells(svg, grid, cells);
  } else {
    write_image(svg, grid, cells, clip_id);
  }
  svg.close();
}

}  // namespace convscope::picture::svg
