// Coverage of a pixel by one shape, computed from its geometry: edges are smooth without
// multisampling, and exact where they are on pixel boundaries. Input colours are straight, output
// colours premultiplied. The kinds are those of app/paint/shapes.h. This shader draws all of them;
// fill.frag and glyph.frag draw large amounts of one kind faster.
precision highp int;

const uint kFill = 0u;
const uint kGlyph = 1u;
const uint kBox = 2u;
const uint kHatch = 3u;
const uint kLine = 4u;
const uint kPolygon = 5u;
const uint kKindMask = 255u;
const uint kFirstEdgeInside = 256u;
const uint kLastEdgeInside = 512u;

const float kQuarterPi = 0.78539816;

uniform vec2 u_size;
uniform sampler2D u_atlas;

flat in vec4 v_geometry;
flat in vec4 v_detail;
flat in vec4 v_fill;
flat in vec4 v_stroke;
flat in float v_width;
flat in uint v_kind;

out vec4 o_color;

// How much of the pixel-long interval around `at` is within from..to.
float overlap(float at, float from, float to) {
  return clamp(min(at + 0.5, to) - max(at - 0.5, from), 0.0, 1.0);
}

float band(float distance, float width) { return overlap(distance, -0.5 * width, 0.5 * width); }

// How much of the pixel-long interval around `at` is within dashes that start at multiples of twice
// their length.
float dashes(float at, float dash) {
  float period = 2.0 * dash;
  vec2 ends = vec2(at - 0.5, at + 0.5);
  vec2 whole = floor(ends / period);
  vec2 covered = whole * dash + min(ends - whole * period, vec2(dash));
  return clamp(covered.y - covered.x, 0.0, 1.0);
}

float rectangle(vec2 p, vec4 rect) {
  return overlap(p.x, rect.x, rect.x + rect.z) * overlap(p.y, rect.y, rect.y + rect.w);
}

// `from` and `size` grow by `margin` on every side.
float rounded(vec2 p, vec4 rect, float radius, float margin) {
  vec4 grown = vec4(rect.xy - margin, rect.zw + 2.0 * margin);
  if (grown.z <= 0.0 || grown.w <= 0.0) {
    return 0.0;
  }
  float exact = rectangle(p, grown);
  float r = radius > 0.0 ? min(radius + margin, 0.5 * min(grown.z, grown.w)) : 0.0;
  if (r <= 0.0) {
    return exact;
  }
  vec2 beyond = abs(p - grown.xy - 0.5 * grown.zw) - 0.5 * grown.zw + r;
  float corner = length(max(beyond, 0.0)) - r;
  return min(beyond.x, beyond.y) > 0.0 ? clamp(0.5 - corner, 0.0, 1.0) : exact;
}

// Dashes along the outline, fitted to each side so that every corner is the middle of a dash.
float outline_dashes(vec2 p, vec4 rect, float radius, float dash) {
  vec2 from_center = abs(p - rect.xy - 0.5 * rect.zw);
  vec2 straight = max(0.5 * rect.zw - radius, 0.0);  // half of each side's straight part
  vec2 beyond = from_center - straight;
  float half_arc = radius * kQuarterPi;
  float along = 0.0;  // distance from the corner's middle
  bool horizontal = beyond.y > beyond.x - 0.001;
  if (beyond.x > 0.0 && beyond.y > 0.0) {
    along = radius * abs(atan(beyond.y, beyond.x) - kQuarterPi);
  } else {
    along = half_arc + (horizontal ? -beyond.x : -beyond.y);
  }
  float side = 2.0 * (half_arc + (horizontal ? straight.x : straight.y));
  float fitted = 0.5 * side / max(1.0, floor(0.5 * side / dash + 0.5));
  return dashes(along + 0.5 * fitted, fitted);
}

vec4 premultiplied(vec4 color, float coverage) {
  float alpha = color.a * coverage;
  return vec4(color.rgb * alpha, alpha);
}

vec4 over(vec4 above, vec4 below) { return above + below * (1.0 - above.a); }

vec4 box(vec2 p) {
  float radius = v_detail.x;
  float dash = v_detail.y;
  vec4 fill = premultiplied(v_fill, rounded(p, v_geometry, radius, 0.0));
  if (v_width <= 0.0) {
    return fill;
  }
  float ring = rounded(p, v_geometry, radius, 0.5 * v_width) -
               rounded(p, v_geometry, radius, -0.5 * v_width);
  if (dash > 0.0 && ring > 0.0) {
    ring *= outline_dashes(p, v_geometry, radius, dash);
  }
  return over(premultiplied(v_stroke, max(ring, 0.0)), fill);
}

// Lines x + y = multiples of the spacing, from the rectangle's corner.
vec4 hatch(vec2 p) {
  float spacing = v_detail.x;
  vec2 inside = p - v_geometry.xy;
  float sum = inside.x + inside.y;
  float along_x = sum - spacing * floor(sum / spacing + 0.5);
  float line = band(along_x * 0.70710678, v_width);
  return premultiplied(v_fill, line * rectangle(p, v_geometry));
}

vec4 line(vec2 p) {
  vec2 direction = v_geometry.zw - v_geometry.xy;
  float size = length(direction);
  direction /= max(size, 0.0001);
  vec2 from_start = p - v_geometry.xy;
  float along = dot(from_start, direction);
  float across = dot(from_start, vec2(-direction.y, direction.x));
  float coverage = band(across, v_width) * overlap(along, 0.0, size);
  if (v_detail.x > 0.0) {
    coverage *= dashes(along, v_detail.x);
  }
  return premultiplied(v_fill, coverage);
}

vec4 glyph(vec2 p) {
  ivec2 texel = ivec2(p - v_geometry.xy + v_detail.xy);
  return premultiplied(v_fill, texelFetch(u_atlas, texel, 0).r);
}

// Distance of p from the line a..b, positive outside a polygon that is clockwise on screen.
float outside(vec2 p, vec2 a, vec2 b) {
  vec2 edge = b - a;
  float size = length(edge);
  return size < 0.0001 ? -1e6 : ((p.x - a.x) * edge.y - (p.y - a.y) * edge.x) / size;
}

// Four points (the last may repeat) of a convex polygon or a piece of one. The first and the last
// edge may be cuts between pieces: each pixel then belongs to exactly one of the two.
vec4 polygon(vec2 p) {
  vec2 a = v_geometry.xy;
  vec2 b = v_geometry.zw;
  vec2 c = v_detail.xy;
  vec2 d = v_detail.zw;
  float distance = max(outside(p, b, c), outside(p, c, d));
  if ((v_kind & kFirstEdgeInside) == 0u) {
    distance = max(distance, outside(p, a, b));
  } else if (outside(p, b, a) <= 0.0) {
    return vec4(0.0);
  }
  if ((v_kind & kLastEdgeInside) == 0u) {
    distance = max(distance, outside(p, d, a));
  } else if (outside(p, d, a) > 0.0) {
    return vec4(0.0);
  }
  vec4 fill = premultiplied(v_fill, clamp(0.5 - distance, 0.0, 1.0));
  return over(premultiplied(v_stroke, band(distance, v_width)), fill);
}

void main() {
  vec2 p = vec2(gl_FragCoord.x, u_size.y - gl_FragCoord.y);
  uint kind = v_kind & kKindMask;
  if (kind == kFill) {
    o_color = premultiplied(v_fill, rectangle(p, v_geometry));
  } else if (kind == kGlyph) {
    o_color = glyph(p);
  } else if (kind == kBox) {
    o_color = box(p);
  } else if (kind == kLine) {
    o_color = line(p);
  } else if (kind == kHatch) {
    o_color = hatch(p);
  } else if (kind == kPolygon) {
    o_color = polygon(p);
  } else {
    o_color = vec4(1.0, 0.0, 1.0, 1.0);  // makes an unknown kind visible
  }
}
