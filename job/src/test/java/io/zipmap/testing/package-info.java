/** What tests of several packages share. */
package io.zipmap.testing;
