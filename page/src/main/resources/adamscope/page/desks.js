// Who answers what.
const desk = new Clerk();
// What is typed is read at once, whatever runs: by a worker of its own, from the first visit to a field on.
let typist = null;
const reader = { ask: question => (typist || desk).ask(question) };
// Thresholds and diagnoses are found beside the runs: where a plane is done its worker is free.
const planners = [];
const thinker = { ask: question => (planners[0] || desk).ask(question) };
