/** The longest a timer of Node can run; a longer one would fire at once. */
export const longestTimer = 2 ** 31 - 1;

/** The work was not done in time. Its name is the one the vendor's core uses for its own timeouts. */
class RequestTimeoutError extends Error {
  override readonly name = "RequestTimeoutError";
}

/** The work's result, if it comes within so many milliseconds; otherwise `abandon` is called and the promise rejects. */
export async function withinDeadline<T>(work: Promise<T>, milliseconds: number, abandon: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new RequestTimeoutError());
      abandon();
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
