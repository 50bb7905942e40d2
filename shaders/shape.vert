// One instance per shape: four corners to cover; the rest is passed on to fill.frag, glyph.frag or
// shape.frag.
layout(location = 0) in vec4 a_corners01;
layout(location = 1) in vec4 a_corners23;
layout(location = 2) in vec4 a_geometry;
layout(location = 3) in vec4 a_detail;
layout(location = 4) in vec4 a_fill;
layout(location = 5) in vec4 a_stroke;
layout(location = 6) in float a_width;
layout(location = 7) in uint a_kind;

uniform vec2 u_size;  // of the framebuffer, in pixels

flat out vec4 v_geometry;
flat out vec4 v_detail;
flat out vec4 v_fill;
flat out vec4 v_stroke;
flat out float v_width;
flat out uint v_kind;

void main() {
  vec4 pair = gl_VertexID < 2 ? a_corners01 : a_corners23;
  vec2 corner = (gl_VertexID & 1) == 0 ? pair.xy : pair.zw;
  v_geometry = a_geometry;
  v_detail = a_detail;
  v_fill = a_fill;
  v_stroke = a_stroke;
  v_width = a_width;
  v_kind = a_kind;
  gl_Position = vec4(corner / u_size * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
