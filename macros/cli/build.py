"""`sop build`, `pdf`, `schema` and `export`: commands that generate files."""

from pathlib import Path

import click

from macros.api.files import files
from macros.checks.json_schema import schemas
from macros.cli.common import OUT, data_option, load_or_exit, require_known, write
from macros.host.export import export_files
from macros.host.publish import PublishError, project_of, publish
from macros.pages.renderer import html_files
from macros.pdf.compiler import pdfs
from macros.pdf.sheets import papers
from macros.wording.sentences import pluralize

PROGRESS_BAR_FROM = 50  # PDFs; only in a terminal


@click.command(
    short_help="Build the site, verify it, and publish it in one step.",
    epilog="""\b
Examples:
  sop build                          published/ leads to the new site
  sop build --out /srv/sop/site""",
)
@click.option(
    "--out", default="published", show_default=True, type=OUT, help="The link that leads to the new site."
)
@data_option
def build(out: Path, data: Path) -> None:
    """Check the SOP, build its site beside the old one, verify it, and only then point the link to it.

    A build that fails or is killed leaves the old site as it was.
    """
    catalogue = load_or_exit(data)
    expected = [*(paper.path for paper in papers(catalogue)), *files(catalogue), *html_files(catalogue)]
    try:
        published = publish(data, out, expected)
    except PublishError as error:
        raise click.ClickException(str(error)) from None
    if published.aside:
        click.echo(f"the folder that was {out} is now {published.aside}; nothing in it was changed")
    click.echo(f"{out} leads to {published.site}")


@click.command(
    "pdf",
    short_help="Generate the PDFs.",
    epilog="""\b
Examples:
  sop pdf                            all of them, into pdf/
  sop pdf --only flipkart            one sheet; also a role, system, issue type,
                                     or one of handbook, matrix, gaps
  sop pdf --only handbook --out ~/Desktop""",
)
@click.option("--only", metavar="ID", help="Generate one PDF: handbook, matrix, gaps, or the id of a record.")
@click.option("--out", default="pdf", show_default=True, type=OUT, help="The folder to write into.")
@click.option(
    "--site-url",
    metavar="URL",
    envvar="SOP_SITE_URL",
    show_envvar=True,
    help="Where the site is published: adds addresses and QR codes.",
)
@data_option
def pdf_command(only: str | None, out: Path, site_url: str | None, data: Path) -> None:
    """Generate the PDFs: handbook, wall matrix, gaps, and a sheet for each record."""
    catalogue = load_or_exit(data)
    wanted = {paper.id: paper for paper in papers(catalogue)}
    if only is not None:
        require_known(only, wanted, "PDF")
        wanted = {only: wanted[only]}
    made = pdfs(catalogue, wanted.values(), site_url)
    with click.progressbar(
        made, length=len(wanted), label="PDFs", hidden=len(wanted) < PROGRESS_BAR_FROM
    ) as bar:
        for paper, content in bar:
            write(out / paper.path.removeprefix("pdf/"), content)
    click.echo(f"wrote {pluralize(len(wanted), 'PDF')} into {out.as_posix()}/")


@click.command(
    short_help="Write the JSON Schemas that editors validate with.",
    epilog="""\b
Examples:
  sop schema             write .schema/, which .vscode/settings.json points to
  sop schema --no-ids    write schema/, after a change of the models""",
)
@click.option("--no-ids", is_flag=True, help="Write schema/, which allows any id and is committed.")
@data_option
def schema(no_ids: bool, data: Path) -> None:
    """Write a JSON Schema for each kind of file into .schema/, with the ids of the SOP to choose from."""
    files = schemas() if no_ids else schemas(load_or_exit(data))
    place = data.parent / ("schema" if no_ids else ".schema")
    for name, text in files.items():
        write(place / name, text.encode())
    click.echo(f"wrote {len(files)} schemas into {place.as_posix()}/")


@click.command(
    short_help="Write the site as plain Markdown, to build it with something else.",
    epilog="""\b
Examples:
  sop export ../sop-site
  cd ../sop-site && zensical build""",
)
@click.argument("out", metavar="DIR", type=OUT)
@data_option
def export(out: Path, data: Path) -> None:
    """Write all pages as Markdown into the new folder DIR, with PDFs, JSON, styles and an mkdocs.yml.

    Zensical, the successor of the theme, builds them without this project. Its search finds aliases, but
    knows neither synonyms nor typing errors. Feedback, the offline copy and the Content-Security-Policy are lost.
    """
    catalogue = load_or_exit(data)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise click.UsageError(f"{out} is not an empty folder; nothing is written over")
    try:
        project = project_of(data)
    except PublishError as error:
        raise click.ClickException(str(error)) from None
    count = 0
    for path, content in export_files(catalogue, project):
        write(out / path, content)
        count += path.endswith(".md")
    click.echo(
        f"wrote {pluralize(count, 'page')} into {out.as_posix()}/docs/; build them there with 'zensical build'"
    )
