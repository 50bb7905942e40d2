// A tile of a TensorGrid: one quad over the part of the stage that it covers.
uniform vec2 u_size;   // of the framebuffer, in pixels
uniform vec4 u_cover;  // left, top, right, bottom, in stage pixels

void main() {
  vec2 corner = vec2((gl_VertexID & 1) == 0 ? u_cover.x : u_cover.z,
                     gl_VertexID < 2 ? u_cover.y : u_cover.w);
  gl_Position = vec4(corner / u_size * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
