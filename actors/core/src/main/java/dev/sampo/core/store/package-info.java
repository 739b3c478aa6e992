/** The port to the durable tables of a node; what is in them is decided by those who use it. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.store;
