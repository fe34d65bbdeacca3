/* What the packages that a program imports bring beside nodes: files of models, and loaders of
 * fragments for the nodes marked `loaders`. A table is there where a package brings such a thing,
 * else its address is null; it ends with a row of nulls. */
#ifndef PFLOW_PACKAGES_H
#define PFLOW_PACKAGES_H

#include "pflow/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pf_package_models {
  const char* package;
  const char* text; /* its file of models, in the form of models.yaml */
} pf_package_models;

typedef struct pf_package_loader {
  const char* prefix; /* of the names of its fragments, before a colon */
  const pf_tool* tool;
} pf_package_loader;

extern const pf_package_models pf_models_of_packages[] __attribute__((weak, visibility("default")));
extern const pf_package_loader pf_loaders_of_packages[]
    __attribute__((weak, visibility("default")));

#ifdef __cplusplus
}
#endif

#endif
