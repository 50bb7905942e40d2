// The cells of one tile. plane_pixels() has computed the colours: this shader only decides which
// texel, if any, a pixel shows.
precision highp int;

uniform vec2 u_size;
uniform sampler2D u_texels;
uniform vec2 u_origin;  // of the tile's first cell, in stage pixels
uniform vec2 u_cell;    // size of a cell in pixels
uniform ivec2 u_last;   // the tile's last cell
uniform int u_level;    // a texel covers 2^level cells each way
uniform float u_gap;
uniform float u_opacity;

out vec4 o_color;

void main() {
  vec2 p = vec2(gl_FragCoord.x, u_size.y - gl_FragCoord.y);
  vec2 cell = clamp(floor((p - u_origin) / u_cell), vec2(0.0), vec2(u_last));
  vec4 color = texelFetch(u_texels, ivec2(cell) >> u_level, 0);
  // A gap of whole pixels has exactly this width everywhere.
  vec2 corner = u_origin + cell * u_cell + 0.5;
  vec2 low = floor(corner + 0.5 * u_gap);
  vec2 high = floor(corner + u_cell - 0.5 * u_gap);
  bool inside = u_gap == 0.0 || (all(greaterThan(p, low)) && all(lessThan(p, high)));
  float alpha = inside ? color.a * u_opacity : 0.0;
  o_color = vec4(color.rgb * alpha, alpha);
}
