#include "core/picture/svg/svg_grid.h"

#include <span>

#include "core/picture/raster/grid_parts.h"
#include "core/picture/svg/png_encode.h"

namespace convscope::picture::svg {

namespace {

void write_cells(SvgWriter& svg, const TensorGrid& grid, const raster::CellRange& cells) {
  for (const raster::GridCell& cell : raster::grid_cells(grid, cells)) {
    svg.open("rect").area(cell.place).paint("fill", cell.color).close();
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

void write_image(SvgWriter& svg, const TensorGrid& grid, const raster::CellRange& cells,
                 const std::string& clip_id) {
  const raster::GridImage image = raster::grid_image(grid, cells, raster::level_of_detail(grid));
  const std::string png = png_of(image.width, image.height, std::as_bytes(std::span(image.pixels)));
  svg.open("clipPath").attribute("id", clip_id);
  for (const Rect& part : image.clip) {
    svg.open("rect").area(part).close();
  }
  svg.close();
  svg.open("image")
      .area(image.place)
      .attribute("preserveAspectRatio", "none")
      .attribute("clip-path", "url(#" + clip_id + ")")
      .attribute("style", "image-rendering:pixelated")
      .attribute("xlink:href", "data:image/png;base64," + base64(png))
      .close();
}

}  // namespace

void write_grid(SvgWriter& svg, const TensorGrid& grid, const std::string& clip_id) {
  const raster::CellRange cells = raster::seen_cells(grid);
  const std::int64_t count = raster::count_of(cells);
  if (count == 0) {
    return;
  }
  svg.open("g");
  if (grid.opacity < 1) {
    svg.attribute("opacity", grid.opacity);
  }
  if (!(grid.gap > 0)) {
    svg.attribute("shape-rendering", "crispEdges");  // no seams between neighbours
  }
  if (count <= raster::kMostVectorCells) {
    write_cells(svg, grid, cells);
  } else {
    write_image(svg, grid, cells, clip_id);
  }
  svg.close();
}

}  // namespace convscope::picture::svg
