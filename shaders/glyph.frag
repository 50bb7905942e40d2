// A glyph: its quad has the size of its bitmap in the atlas and is aligned to whole pixels.
precision highp int;

uniform vec2 u_size;
uniform sampler2D u_atlas;

flat in vec4 v_geometry;
flat in vec4 v_detail;
flat in vec4 v_fill;

out vec4 o_color;

void main() {
  vec2 p = vec2(gl_FragCoord.x, u_size.y - gl_FragCoord.y);
  ivec2 texel = ivec2(p - v_geometry.xy + v_detail.xy);
  float alpha = v_fill.a * texelFetch(u_atlas, texel, 0).r;
  o_color = vec4(v_fill.rgb * alpha, alpha);
}
