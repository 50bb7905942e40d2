// Mesa's leaks have no symbol to suppress once its library is unloaded, so it stays loaded in
// sanitizer builds (linked with -rdynamic).
extern "C" int dlclose(void*) { return 0; }
