/** Memory with a limit for what can be computed anew. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.cache;
