export default function Page() {
  return <main>Verdict</main>;
}
