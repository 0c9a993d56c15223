/**
 * What can go wrong with files, disks and other tenants on one node, made to go wrong for real. docs/faults.md lists it
 * all.
 */
package io.zipmap.faults;
