// For the program under the sanitizers. GCC 12's leak checker may crash as it reads the
// thread-local storage of libraries that Mesa has loaded, so it doesn't read any; what glibc's
// loader keeps there then looks lost.
extern "C" const char* __lsan_default_options() { return "use_tls=0:print_suppressions=0"; }
extern "C" const char* __lsan_default_suppressions() {
  return "leak:add_to_global_resize\n"
         "leak:tls_get_addr\n"
         "leak:_dl_\n"
         "leak:_dlerror_run\n";
}
