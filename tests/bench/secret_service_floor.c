// The least that reading one account's credentials from the Secret Service can cost: bare sd-bus calls, one search,
// the attributes of each hit sent for at once, one GetSecrets. No checks of what the values are, no quoting of a quote.
// scripts/bench builds and runs it: secret_service_floor ACCOUNT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-bus.h>

#define SERVICE "org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service"

typedef struct {
  char* path;
  char* name;  // the service attribute of an item that is exactly ours, else NULL
  const char* account;
} Item;

static int waiting;

static int check(int result, const char* what) {
  if (result >= 0) return result;
  fprintf(stderr, "secret_service_floor: %s: %s\n", what, strerror(-result));
  exit(1);
}

static int on_attributes(sd_bus_message* reply, void* data, sd_bus_error* error) {
  (void)error;
  Item* item = data;
  const char *name, *text, *service = NULL;
  int same_account = 0, foreign = 0;
  --waiting;
  check(-sd_bus_message_get_errno(reply), "Attributes");
  check(sd_bus_message_enter_container(reply, 'v', "a{ss}"), "Attributes");
  check(sd_bus_message_enter_container(reply, 'a', "{ss}"), "Attributes");
  while (check(sd_bus_message_read(reply, "{ss}", &name, &text), "Attributes") > 0) {
    if (strcmp(name, "service") == 0) {
      service = text;
    } else if (strcmp(name, "account") == 0) {
      same_account = strcmp(text, item->account) == 0;
    } else if (strcmp(name, "xdg:schema") != 0 || strcmp(text, "org.freedesktop.Secret.Generic") != 0) {
      foreign = 1;
    }
  }
  if (service != NULL && same_account && !foreign) item->name = strdup(service);
  return 1;
}

static void print_secrets(sd_bus_message* reply, const Item* items, size_t count) {
  check(sd_bus_message_enter_container(reply, 'a', "{o(oayays)}"), "GetSecrets");
  while (check(sd_bus_message_enter_container(reply, 'e', "o(oayays)"), "GetSecrets") > 0) {
    const char *path, *type;
    const void *parameters, *value;
    size_t parameters_size, size, i;
    check(sd_bus_message_read(reply, "o", &path), "path");
    check(sd_bus_message_enter_container(reply, 'r', "oayays"), "secret");
    check(sd_bus_message_skip(reply, "o"), "session");
    check(sd_bus_message_read_array(reply, 'y', &parameters, &parameters_size), "parameters");
    check(sd_bus_message_read_array(reply, 'y', &value, &size), "value");
    check(sd_bus_message_read(reply, "s", &type), "content type");
    check(sd_bus_message_exit_container(reply), "secret");
    check(sd_bus_message_exit_container(reply), "entry");
    for (i = 0; i < count && strcmp(items[i].path, path) != 0; ++i) continue;
    if (i < count) printf("export %s='%.*s'\n", items[i].name, (int)size, (const char*)value);
  }
}

int main(int argc, char** argv) {
  sd_bus* bus = NULL;
  sd_bus_message *session_reply, *hits, *call, *secrets;
  const char *session, *path;
  Item* items = NULL;
  size_t count = 0, i;
  if (argc != 2) return 2;
  check(sd_bus_open_user(&bus), "bus");
  check(sd_bus_call_method(bus, SERVICE, "OpenSession", NULL, &session_reply, "sv", "plain", "s", ""), "OpenSession");
  check(sd_bus_message_skip(session_reply, "v"), "OpenSession");
  check(sd_bus_message_read(session_reply, "o", &session), "OpenSession");
  check(sd_bus_call_method(bus, SERVICE, "SearchItems", NULL, &hits, "a{ss}", 1, "account", argv[1]), "SearchItems");

  check(sd_bus_message_enter_container(hits, 'a', "o"), "SearchItems");
  while (check(sd_bus_message_read(hits, "o", &path), "SearchItems") > 0) {
    items = realloc(items, (count + 1) * sizeof *items);
    items[count++] = (Item){strdup(path), NULL, argv[1]};
  }
  for (i = 0; i < count; ++i) {
    check(
        sd_bus_call_method_async(bus, NULL, "org.freedesktop.secrets", items[i].path, "org.freedesktop.DBus.Properties",
                                 "Get", on_attributes, &items[i], "ss", "org.freedesktop.Secret.Item", "Attributes"),
        "Get");
    ++waiting;
  }
  while (waiting > 0) {
    if (check(sd_bus_process(bus, NULL), "process") == 0) check(sd_bus_wait(bus, UINT64_MAX), "wait");
  }

  check(sd_bus_message_new_method_call(bus, &call, SERVICE, "GetSecrets"), "GetSecrets");
  check(sd_bus_message_open_container(call, 'a', "o"), "GetSecrets");
  for (i = 0; i < count; ++i) {
    if (items[i].name != NULL) check(sd_bus_message_append(call, "o", items[i].path), "GetSecrets");
  }
  check(sd_bus_message_close_container(call), "GetSecrets");
  check(sd_bus_message_append(call, "o", session), "GetSecrets");
  check(sd_bus_call(bus, call, 0, NULL, &secrets), "GetSecrets");
  print_secrets(secrets, items, count);
  return 0;
}
