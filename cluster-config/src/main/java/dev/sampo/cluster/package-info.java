/** Where Sampo starts. */
@org.jspecify.annotations.NullMarked
package dev.sampo.cluster;
