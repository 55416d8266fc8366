import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  EmptyFileSystem,
  inject,
  type LangiumCoreServices,
  type Module,
} from 'langium';
import { SysdGeneratedModule, SysdGeneratedSharedModule, SysdLanguageMetaData } from './generated/module.ts';
import { SysdLexer } from './parser/lexer.ts';
import { SysdErrorMessages } from './parser/messages.ts';
import { createSysdParser } from './parser/parser.ts';
import { SysdTokenBuilder } from './parser/tokens.ts';
import { SysdValueConverter } from './parser/values.ts';

/** What a host with LSP services adds to (`inject` it behind the generated module). */
export const SysdParserModule: Module<LangiumCoreServices, object> = {
  // Chevrotain checks tokens and rules for mistakes each time a parser is made; a test has it do so, a start of the server need not.
  LanguageMetaData: () => ({ ...SysdLanguageMetaData, mode: 'production' }),
  parser: {
    TokenBuilder: () => new SysdTokenBuilder(),
    Lexer: (services: LangiumCoreServices) => new SysdLexer(services),
    ParserErrorMessageProvider: () => new SysdErrorMessages(),
    ValueConverter: () => new SysdValueConverter(),
    LangiumParser: (services: LangiumCoreServices) => createSysdParser(services),
  },
};

/** Services that parse; names are resolved by `lower/`, not by Langium. */
export function createSysdServices(): LangiumCoreServices {
  const shared = inject(createDefaultSharedCoreModule(EmptyFileSystem), SysdGeneratedSharedModule);
  const services = inject(createDefaultCoreModule({ shared }), SysdGeneratedModule, SysdParserModule) as LangiumCoreServices;
  shared.ServiceRegistry.register(services);
  return services;
}
