// A rectangle of one colour. A pixel on its edge is coloured in proportion to its covered part.
precision highp int;

uniform vec2 u_size;

flat in vec4 v_geometry;
flat in vec4 v_fill;

out vec4 o_color;

void main() {
  vec2 p = vec2(gl_FragCoord.x, u_size.y - gl_FragCoord.y);
  vec2 low = max(p - 0.5, v_geometry.xy);
  vec2 high = min(p + 0.5, v_geometry.xy + v_geometry.zw);
  vec2 covered = clamp(high - low, 0.0, 1.0);
  float alpha = v_fill.a * covered.x * covered.y;
  o_color = vec4(v_fill.rgb * alpha, alpha);
}
