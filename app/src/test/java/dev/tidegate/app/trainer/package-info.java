/** Tests of training by request. */
package dev.tidegate.app.trainer;
