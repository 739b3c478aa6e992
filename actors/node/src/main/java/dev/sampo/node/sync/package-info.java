/** The actor that fetches and serves final blocks. */
@org.jspecify.annotations.NullMarked
package dev.sampo.node.sync;
