// Leaks in Mesa can't be suppressed by symbol once its library is unloaded, so it stays loaded in
// sanitizer builds (linked with -rdynamic).
extern "C" int dlclose(void*) { return 0; }
