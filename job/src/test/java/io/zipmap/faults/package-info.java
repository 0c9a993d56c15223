/**
 * Tests of faults on one node: damaged files, failing disks, killed processes and other users, all of them real.
 * docs/faults.md lists the faults and their tests.
 */
package io.zipmap.faults;
