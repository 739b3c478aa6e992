/** Fetching of blocks that are final elsewhere and missing here (protocol 2.13). */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.sync;
