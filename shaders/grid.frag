// The cells of one tile. Its colours were made by plane_pixels(): here is only the question which
// texel a pixel shows, if any.
precision highp int;

uniform vec2 u_size;
uniform sampler2D u_texels;
uniform vec2 u_origin;      // of the tile's first cell, in stage pixels
uniform vec2 u_cell;        // size of a cell in pixels
uniform ivec2 u_first;      // the tile's first cell
uniform ivec2 u_cells;      // how many the tile has
uniform int u_level;        // a texel covers 2^level cells each way
uniform int u_plane_width;  // in cells
uniform int u_revealed;     // cells beyond this one, row by row, are not there yet
uniform float u_gap;
uniform float u_opacity;

out vec4 o_color;

void main() {
  vec2 p = vec2(gl_FragCoord.x, u_size.y - gl_FragCoord.y);
  ivec2 cell = clamp(ivec2(floor((p - u_origin) / u_cell)), ivec2(0), u_cells - 1);
  ivec2 place = u_first + cell;
  if (place.y * u_plane_width + place.x >= u_revealed) {
    discard;
  }
  if (u_gap > 0.0) {  // a gap of whole pixels is exactly so wide everywhere
    vec2 corner = u_origin + vec2(cell) * u_cell;
    vec2 low = floor(corner + 0.5 * u_gap + 0.5);
    vec2 high = floor(corner + u_cell - 0.5 * u_gap + 0.5);
    if (any(lessThan(p, low)) || any(greaterThan(p, high))) {
      discard;
    }
  }
  vec4 color = texelFetch(u_texels, cell >> u_level, 0);
  float alpha = color.a * u_opacity;
  o_color = vec4(color.rgb * alpha, alpha);
}
