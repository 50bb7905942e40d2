#include <glad/gl.h>
#include <imgui.h>

#if IMGUI_VERSION_NUM >= 18700
#endif
