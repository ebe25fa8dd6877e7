/** What people have planned, had remembered and keep: all of it, of a room, of a person, one list. */
export { KeptListPage } from './kept/list.tsx'
export { KeptPersonPage } from './kept/person.tsx'
export { KeptRoomPage } from './kept/room.tsx'
export { KeptPeoplePage, KeptRoomsPage } from './kept/rooms.tsx'
