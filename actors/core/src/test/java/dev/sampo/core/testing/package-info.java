/** What several tests share. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.testing;
